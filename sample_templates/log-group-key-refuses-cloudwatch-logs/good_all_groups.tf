# The key may encrypt every log group of the account.

resource "aws_vpc" "all_groups" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "all_groups" {
  vpc_id               = aws_vpc.all_groups.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.all_groups.arn
  iam_role_arn         = aws_iam_role.all_groups.arn
}

resource "aws_cloudwatch_log_group" "all_groups" {
  name              = "/acme/vpc/logs-key-all-groups"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.all_groups.arn
}

resource "aws_iam_role" "all_groups" {
  name = "acme-logs-key-all-groups"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "all_groups" {
  name = "write-flow-logs"
  role = aws_iam_role.all_groups.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.all_groups.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "all_groups" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.all_groups.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.all_groups.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${data.aws_region.all_groups.region}:${data.aws_caller_identity.all_groups.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "all_groups" {}

data "aws_region" "all_groups" {}
