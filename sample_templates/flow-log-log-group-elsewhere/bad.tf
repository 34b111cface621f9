# The flow log is in Ireland, the ARN names a log group of Virginia.

provider "aws" {
  alias  = "bad"
  region = "eu-west-1"
}

provider "aws" {
  alias  = "bad_virginia"
  region = "us-east-1"
}

resource "aws_vpc" "bad" {
  provider   = aws.bad
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  provider = aws.bad

  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = "arn:aws:logs:us-east-1:${data.aws_caller_identity.bad.account_id}:log-group:/acme/vpc/elsewhere-bad" # expect: flow-log-log-group-elsewhere
  iam_role_arn         = aws_iam_role.bad.arn

  depends_on = [aws_cloudwatch_log_group.bad]
}

resource "aws_cloudwatch_log_group" "bad" {
  provider = aws.bad_virginia

  name              = "/acme/vpc/elsewhere-bad"
  retention_in_days = 90
}

resource "aws_iam_role" "bad" {
  name = "acme-elsewhere-bad"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
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
        Resource = "arn:aws:logs:us-east-1:${data.aws_caller_identity.bad.account_id}:log-group:/acme/vpc/elsewhere-bad:*"
      }
    ]
  })
}

data "aws_caller_identity" "bad" {}
