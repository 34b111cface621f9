# One flow log for accepted and one for rejected traffic are two different ones.

resource "aws_vpc" "traffic" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "traffic" {
  vpc_id               = aws_vpc.traffic.id
  traffic_type         = "ACCEPT"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.traffic.arn
  iam_role_arn         = aws_iam_role.traffic.arn
}

resource "aws_flow_log" "traffic_rejected" {
  vpc_id               = aws_vpc.traffic.id
  traffic_type         = "REJECT"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.traffic.arn
  iam_role_arn         = aws_iam_role.traffic.arn
}

resource "aws_cloudwatch_log_group" "traffic" {
  name              = "/acme/vpc/duplicate-traffic"
  retention_in_days = 90
}

resource "aws_iam_role" "traffic" {
  name = "acme-duplicate-traffic"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "traffic" {
  name = "write-flow-logs"
  role = aws_iam_role.traffic.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.traffic.arn}:*"
      }
    ]
  })
}
