# count makes the same flow log twice.

resource "aws_vpc" "count" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "count" { # expect: flow-log-duplicate
  count = 2

  vpc_id               = aws_vpc.count.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.count.arn
  iam_role_arn         = aws_iam_role.count.arn
}

resource "aws_cloudwatch_log_group" "count" {
  name              = "/acme/vpc/duplicate-count"
  retention_in_days = 90
}

resource "aws_iam_role" "count" {
  name = "acme-duplicate-count"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "count" {
  name = "write-flow-logs"
  role = aws_iam_role.count.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.count.arn}:*"
      }
    ]
  })
}
