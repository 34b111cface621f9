# The condition names the log group's ARN with :*, but CloudWatch Logs sends it without.

resource "aws_vpc" "every_stream" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "every_stream" {
  vpc_id               = aws_vpc.every_stream.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.every_stream.arn
  iam_role_arn         = aws_iam_role.every_stream.arn
}

resource "aws_cloudwatch_log_group" "every_stream" {
  name              = "/acme/vpc/logs-key-every-stream"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.every_stream.arn
}

resource "aws_iam_role" "every_stream" {
  name = "acme-logs-key-every-stream"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "every_stream" {
  name = "write-flow-logs"
  role = aws_iam_role.every_stream.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.every_stream.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "every_stream" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: log-group-key-refuses-cloudwatch-logs
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.every_stream.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.every_stream.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${data.aws_region.every_stream.region}:${data.aws_caller_identity.every_stream.account_id}:log-group:/acme/vpc/logs-key-every-stream:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "every_stream" {}

data "aws_region" "every_stream" {}
