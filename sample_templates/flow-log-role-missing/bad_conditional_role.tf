# The role goes to S3 flow logs only: the condition is the wrong way round.

locals {
  conditional_role_type = "cloud-watch-logs"
}

resource "aws_vpc" "conditional" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "conditional" { # expect: flow-log-role-missing
  vpc_id               = aws_vpc.conditional.id
  traffic_type         = "ALL"
  log_destination_type = local.conditional_role_type
  log_destination      = aws_cloudwatch_log_group.conditional.arn
  iam_role_arn         = local.conditional_role_type == "s3" ? aws_iam_role.conditional.arn : null
}

resource "aws_cloudwatch_log_group" "conditional" {
  name              = "/acme/vpc/role-conditional"
  retention_in_days = 90
}

resource "aws_iam_role" "conditional" {
  name = "acme-flow-logs-conditional"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "conditional" {
  name = "write-flow-logs"
  role = aws_iam_role.conditional.id
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
