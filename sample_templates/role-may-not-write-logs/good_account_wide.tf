# Every group of this account and region.

resource "aws_vpc" "account_wide" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "account_wide" {
  vpc_id               = aws_vpc.account_wide.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.account_wide.arn
  iam_role_arn         = aws_iam_role.account_wide.arn
}

resource "aws_cloudwatch_log_group" "account_wide" {
  name              = "/acme/vpc/write-account-wide"
  retention_in_days = 90
}

resource "aws_iam_role" "account_wide" {
  name = "acme-flow-logs-write-account-wide"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "account_wide" {
  name = "write-flow-logs"
  role = aws_iam_role.account_wide.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "arn:aws:logs:${data.aws_region.account_wide.region}:${data.aws_caller_identity.account_wide.account_id}:log-group:*"
      }
    ]
  })
}

data "aws_caller_identity" "account_wide" {}

data "aws_region" "account_wide" {}
