# The destination is spelled out; the group's name comes from the same local.

resource "aws_vpc" "literal_destination" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "literal_destination" {
  vpc_id               = aws_vpc.literal_destination.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = local.literal_group_arn
  iam_role_arn         = aws_iam_role.literal_destination.arn

  depends_on = [aws_cloudwatch_log_group.literal_destination]
}

resource "aws_cloudwatch_log_group" "literal_destination" {
  name              = "/acme/vpc/write-literal-destination"
  retention_in_days = 90
}

resource "aws_iam_role" "literal_destination" {
  name = "acme-flow-logs-write-literal-destination"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "literal_destination" {
  name = "write-flow-logs"
  role = aws_iam_role.literal_destination.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${local.literal_group_arn}:*"
      }
    ]
  })
}

locals {
  literal_group_arn = "arn:aws:logs:${data.aws_region.literal_destination.region}:${data.aws_caller_identity.literal_destination.account_id}:log-group:/acme/vpc/write-literal-destination"
}

data "aws_caller_identity" "literal_destination" {}

data "aws_region" "literal_destination" {}
