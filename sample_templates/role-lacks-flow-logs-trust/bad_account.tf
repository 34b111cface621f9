# The role trusts the account, and a service is no part of it.

resource "aws_vpc" "account" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "account" {
  vpc_id               = aws_vpc.account.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.account.arn
  iam_role_arn         = aws_iam_role.account.arn
}

resource "aws_cloudwatch_log_group" "account" {
  name              = "/acme/vpc/trust-account"
  retention_in_days = 90
}

resource "aws_iam_role" "account" {
  name = "acme-flow-logs-trust-account"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.account.account_id}:root" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "account" {
  name = "write-flow-logs"
  role = aws_iam_role.account.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}

data "aws_caller_identity" "account" {}
