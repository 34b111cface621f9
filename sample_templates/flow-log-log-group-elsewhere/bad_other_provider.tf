# The log group belongs to the provider of another region.

provider "aws" {
  alias  = "network"
  region = "eu-central-1"
}

provider "aws" {
  alias  = "logs"
  region = "us-east-1"
}

resource "aws_vpc" "other_provider" {
  provider   = aws.network
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_provider" {
  provider = aws.network

  vpc_id               = aws_vpc.other_provider.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.other_provider.arn # expect: flow-log-log-group-elsewhere
  iam_role_arn         = aws_iam_role.other_provider.arn
}

resource "aws_cloudwatch_log_group" "other_provider" {
  provider = aws.logs

  name              = "/acme/vpc/elsewhere-provider"
  retention_in_days = 90
}

resource "aws_iam_role" "other_provider" {
  name = "acme-elsewhere-provider"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "other_provider" {
  name = "write-flow-logs"
  role = aws_iam_role.other_provider.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.other_provider.arn}:*"
      }
    ]
  })
}
