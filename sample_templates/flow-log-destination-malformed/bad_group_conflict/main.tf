# The name of a log group conflicts with its ARN.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_vpc" "group_conflict" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "group_conflict" {
  name = "/acme/group-conflict"
}

resource "aws_iam_role" "group_conflict" {
  name = "acme-group-conflict"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "group_conflict" {
  role = aws_iam_role.group_conflict.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.group_conflict.arn}:*"
    }]
  })
}

resource "aws_flow_log" "group_conflict" {
  vpc_id          = aws_vpc.group_conflict.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.group_conflict.arn
  iam_role_arn    = aws_iam_role.group_conflict.arn
  log_group_name  = aws_cloudwatch_log_group.group_conflict.name # expect: flow-log-destination-malformed
}
