# A trust policy of 2,049 characters is one over the quota.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.bad.arn
  iam_role_arn         = aws_iam_role.bad.arn
}

resource "aws_cloudwatch_log_group" "bad" {
  name              = "/acme/vpc/bad-size"
  retention_in_days = 90
}

resource "aws_iam_role" "bad" {
  name = "acme-flow-bad-size"
  assume_role_policy = jsonencode({ # expect: role-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "vpc-flow-logs.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
      {
        Sid       = "P${join("", [for i in range(20) : "p"])}"
        Effect    = "Allow"
        Principal = { AWS = [for i in range(55) : format("arn:aws:iam::%012d:root", i)] }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_role_policy" "bad" {
  name = "write-flow-logs"
  role = aws_iam_role.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.bad.arn}:*"
      }
    ]
  })
}
