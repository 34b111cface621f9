# Version 4 waits.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 3.0"
    }
  }
}

resource "aws_vpc" "just_created_four" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "just_created_four" {
  name = "/acme/just-created-four"
}

resource "aws_iam_role" "just_created_four" {
  name = "acme-just-created-four"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "just_created_four" {
  role = aws_iam_role.just_created_four.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.just_created_four.arn}:*"
    }]
  })
}

resource "aws_flow_log" "just_created_four" {
  vpc_id          = aws_vpc.just_created_four.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.just_created_four.arn
  iam_role_arn    = aws_iam_role.just_created_four.arn
}
