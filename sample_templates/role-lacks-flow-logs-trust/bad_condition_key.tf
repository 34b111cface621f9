# AWS has no key aws:SourceArns: no request carries it.

resource "aws_vpc" "condition_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "condition_key" {
  vpc_id               = aws_vpc.condition_key.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.condition_key.arn
  iam_role_arn         = aws_iam_role.condition_key.arn
}

resource "aws_cloudwatch_log_group" "condition_key" {
  name              = "/acme/vpc/trust-condition-key"
  retention_in_days = 90
}

resource "aws_iam_role" "condition_key" {
  name = "acme-flow-logs-trust-condition-key"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnLike = { "aws:SourceArns" = "arn:aws:ec2:*:${data.aws_caller_identity.condition_key.account_id}:vpc-flow-log/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "condition_key" {
  name = "write-flow-logs"
  role = aws_iam_role.condition_key.id
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

data "aws_caller_identity" "condition_key" {}
