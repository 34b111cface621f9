# StringEquals takes the star for a letter, so no log group has this ARN.

resource "aws_vpc" "string_equals" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "string_equals" {
  vpc_id               = aws_vpc.string_equals.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.string_equals.arn
  iam_role_arn         = aws_iam_role.string_equals.arn
}

resource "aws_cloudwatch_log_group" "string_equals" {
  name              = "/acme/vpc/logs-key-string-equals"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.string_equals.arn
}

resource "aws_iam_role" "string_equals" {
  name = "acme-logs-key-string-equals"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "string_equals" {
  name = "write-flow-logs"
  role = aws_iam_role.string_equals.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.string_equals.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "string_equals" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: log-group-key-refuses-cloudwatch-logs
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.string_equals.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.string_equals.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          StringEquals = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${data.aws_region.string_equals.region}:${data.aws_caller_identity.string_equals.account_id}:log-group:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "string_equals" {}

data "aws_region" "string_equals" {}
