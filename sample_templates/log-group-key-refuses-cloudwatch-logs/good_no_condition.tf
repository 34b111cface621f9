# CloudWatch Logs may do everything with the key.

resource "aws_vpc" "no_condition" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_condition" {
  vpc_id               = aws_vpc.no_condition.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.no_condition.arn
  iam_role_arn         = aws_iam_role.no_condition.arn
}

resource "aws_cloudwatch_log_group" "no_condition" {
  name              = "/acme/vpc/logs-key-no-condition"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.no_condition.arn
}

resource "aws_iam_role" "no_condition" {
  name = "acme-logs-key-no-condition"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_condition" {
  name = "write-flow-logs"
  role = aws_iam_role.no_condition.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.no_condition.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "no_condition" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.no_condition.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.no_condition.region}.amazonaws.com" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "no_condition" {}

data "aws_region" "no_condition" {}
