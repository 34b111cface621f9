# Version 3 of the provider does not wait until the new role can be taken on.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 3.76"
    }
  }
}

resource "aws_vpc" "just_created_alone" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "just_created_alone" {
  name = "/acme/just-created-alone"
}

resource "aws_iam_role" "just_created_alone" {
  name = "acme-just-created-alone"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "just_created_alone" {
  role = aws_iam_role.just_created_alone.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.just_created_alone.arn}:*"
    }]
  })
}

resource "aws_flow_log" "just_created_alone" {
  vpc_id          = aws_vpc.just_created_alone.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.just_created_alone.arn
  iam_role_arn    = aws_iam_role.just_created_alone.arn # expect: flow-log-role-just-created
}
