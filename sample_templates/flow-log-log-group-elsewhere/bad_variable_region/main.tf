# The region of the provider is a variable, the region in the ARN is not.

variable "region" {
  type    = string
  default = "ap-southeast-2"
}

provider "aws" {
  region = var.region
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = "arn:aws:logs:us-west-2:${data.aws_caller_identity.main.account_id}:log-group:/acme/vpc/elsewhere-variable" # expect: flow-log-log-group-elsewhere
  iam_role_arn         = aws_iam_role.main.arn

  depends_on = [aws_cloudwatch_log_group.main]
}

resource "aws_cloudwatch_log_group" "main" {
  region            = "us-west-2"
  name              = "/acme/vpc/elsewhere-variable"
  retention_in_days = 90
}

resource "aws_iam_role" "main" {
  name = "acme-elsewhere-variable"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "main" {
  name = "write-flow-logs"
  role = aws_iam_role.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:us-west-2:${data.aws_caller_identity.main.account_id}:log-group:/acme/vpc/elsewhere-variable:*"
      }
    ]
  })
}

data "aws_caller_identity" "main" {}
