# Without a key CloudWatch Logs encrypts with one of its own.

resource "aws_vpc" "no_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_key" {
  vpc_id               = aws_vpc.no_key.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.no_key.arn
  iam_role_arn         = aws_iam_role.no_key.arn
}

resource "aws_cloudwatch_log_group" "no_key" {
  name              = "/acme/vpc/key-not-arn-none"
  retention_in_days = 90
}

resource "aws_iam_role" "no_key" {
  name = "acme-key-not-arn-none"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_key" {
  name = "write-flow-logs"
  role = aws_iam_role.no_key.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.no_key.arn}:*"
      }
    ]
  })
}
