# StringEquals takes the asterisk for a letter, so the condition never holds.

resource "aws_vpc" "string_equals" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "string_equals" {
  vpc_id               = aws_vpc.string_equals.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.string_equals.arn
  iam_role_arn         = aws_iam_role.string_equals.arn
}

resource "aws_cloudwatch_log_group" "string_equals" {
  name              = "/acme/vpc/trust-string-equals"
  retention_in_days = 90
}

resource "aws_iam_role" "string_equals" {
  name = "acme-flow-logs-trust-string-equals"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceArn" = "arn:aws:ec2:${data.aws_region.string_equals.region}:${data.aws_caller_identity.string_equals.account_id}:vpc-flow-log/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "string_equals" {
  name = "write-flow-logs"
  role = aws_iam_role.string_equals.id
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

data "aws_caller_identity" "string_equals" {}

data "aws_region" "string_equals" {}
