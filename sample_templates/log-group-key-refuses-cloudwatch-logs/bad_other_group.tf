# The condition is met by another log group only.

resource "aws_vpc" "other_group" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_group" {
  vpc_id               = aws_vpc.other_group.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.other_group.arn
  iam_role_arn         = aws_iam_role.other_group.arn
}

resource "aws_cloudwatch_log_group" "other_group" {
  name              = "/acme/vpc/logs-key-other-group"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.other_group.arn
}

resource "aws_iam_role" "other_group" {
  name = "acme-logs-key-other-group"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "other_group" {
  name = "write-flow-logs"
  role = aws_iam_role.other_group.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.other_group.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "other_group" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: log-group-key-refuses-cloudwatch-logs
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.other_group.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.other_group.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${data.aws_region.other_group.region}:${data.aws_caller_identity.other_group.account_id}:log-group:/acme/vpc/archive" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "other_group" {}

data "aws_region" "other_group" {}
