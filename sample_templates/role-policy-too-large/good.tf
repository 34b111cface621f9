# A trust policy of exactly 2,048 characters.

resource "aws_vpc" "good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.good.arn
  iam_role_arn         = aws_iam_role.good.arn
}

resource "aws_cloudwatch_log_group" "good" {
  name              = "/acme/vpc/good-size"
  retention_in_days = 90
}

resource "aws_iam_role" "good" {
  name = "acme-flow-good-size"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "vpc-flow-logs.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
      {
        Sid       = "P${join("", [for i in range(19) : "p"])}"
        Effect    = "Allow"
        Principal = { AWS = [for i in range(55) : format("arn:aws:iam::%012d:root", i)] }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_role_policy" "good" {
  name = "write-flow-logs"
  role = aws_iam_role.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.good.arn}:*"
      }
    ]
  })
}
