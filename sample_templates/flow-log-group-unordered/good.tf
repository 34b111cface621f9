# The flow log waits for its group.

resource "aws_vpc" "group_waited" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "group_waited" {
  name = "/acme/group-waited"
}

resource "aws_iam_role" "group_waited" {
  name = "acme-group-waited"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "group_waited" {
  role = aws_iam_role.group_waited.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "*"
    }]
  })
}

resource "aws_flow_log" "group_waited" {
  vpc_id          = aws_vpc.group_waited.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${data.aws_region.group_waited.region}:${data.aws_caller_identity.group_waited.account_id}:log-group:/acme/group-waited"
  iam_role_arn    = aws_iam_role.group_waited.arn
  depends_on      = [aws_cloudwatch_log_group.group_waited]
}

data "aws_region" "group_waited" {}

data "aws_caller_identity" "group_waited" {}
