# The role may not create the group, so it waits for the deploy.

resource "aws_vpc" "group_left" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "group_left" {
  name = "/acme/group-left"
}

resource "aws_iam_role" "group_left" {
  name = "acme-group-left"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "group_left" {
  role = aws_iam_role.group_left.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_flow_log" "group_left" {
  vpc_id          = aws_vpc.group_left.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${data.aws_region.group_left.region}:${data.aws_caller_identity.group_left.account_id}:log-group:/acme/group-left"
  iam_role_arn    = aws_iam_role.group_left.arn
}

data "aws_region" "group_left" {}

data "aws_caller_identity" "group_left" {}
