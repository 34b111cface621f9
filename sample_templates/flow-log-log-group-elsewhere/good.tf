# The ARN names a log group of the flow log's own region.

provider "aws" {
  alias  = "good"
  region = "eu-west-1"
}

resource "aws_vpc" "good" {
  provider   = aws.good
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good" {
  provider = aws.good

  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = "arn:aws:logs:eu-west-1:${data.aws_caller_identity.good.account_id}:log-group:/acme/vpc/elsewhere-good"
  iam_role_arn         = aws_iam_role.good.arn

  depends_on = [aws_cloudwatch_log_group.good]
}

resource "aws_cloudwatch_log_group" "good" {
  provider = aws.good

  name              = "/acme/vpc/elsewhere-good"
  retention_in_days = 90
}

resource "aws_iam_role" "good" {
  name = "acme-elsewhere-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
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
        Resource = "arn:aws:logs:eu-west-1:${data.aws_caller_identity.good.account_id}:log-group:/acme/vpc/elsewhere-good:*"
      }
    ]
  })
}

data "aws_caller_identity" "good" {}
