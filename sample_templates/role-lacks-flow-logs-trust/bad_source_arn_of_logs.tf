# A flow log comes with a source ARN of ec2; the condition waits for one of logs.

resource "aws_vpc" "source_arn_of_logs" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "source_arn_of_logs" {
  vpc_id               = aws_vpc.source_arn_of_logs.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.source_arn_of_logs.arn
  iam_role_arn         = aws_iam_role.source_arn_of_logs.arn
}

resource "aws_cloudwatch_log_group" "source_arn_of_logs" {
  name              = "/acme/vpc/trust-source-arn-of-logs"
  retention_in_days = 90
}

resource "aws_iam_role" "source_arn_of_logs" {
  name = "acme-flow-logs-trust-source-arn-of-logs"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_arn_of_logs.region}:${data.aws_caller_identity.source_arn_of_logs.account_id}:*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "source_arn_of_logs" {
  name = "write-flow-logs"
  role = aws_iam_role.source_arn_of_logs.id
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

data "aws_caller_identity" "source_arn_of_logs" {}

data "aws_region" "source_arn_of_logs" {}
