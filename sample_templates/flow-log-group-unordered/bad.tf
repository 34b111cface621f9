# The group is named by a text, so nothing waits for it, and the role may create it.

resource "aws_vpc" "group_unordered" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "group_unordered" {
  name = "/acme/group-unordered"
}

resource "aws_iam_role" "group_unordered" {
  name = "acme-group-unordered"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "group_unordered" {
  role = aws_iam_role.group_unordered.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_flow_log" "group_unordered" {
  vpc_id          = aws_vpc.group_unordered.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${data.aws_region.group_unordered.region}:${data.aws_caller_identity.group_unordered.account_id}:log-group:/acme/group-unordered" # expect: flow-log-group-unordered
  iam_role_arn    = aws_iam_role.group_unordered.arn
}

data "aws_region" "group_unordered" {}

data "aws_caller_identity" "group_unordered" {}
