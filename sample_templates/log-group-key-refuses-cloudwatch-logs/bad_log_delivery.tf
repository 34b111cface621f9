# The key admits log delivery, which writes to buckets; a log group is encrypted by CloudWatch Logs.

resource "aws_vpc" "log_delivery" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "log_delivery" {
  vpc_id               = aws_vpc.log_delivery.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.log_delivery.arn
  iam_role_arn         = aws_iam_role.log_delivery.arn
}

resource "aws_cloudwatch_log_group" "log_delivery" {
  name              = "/acme/vpc/logs-key-log-delivery"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.log_delivery.arn
}

resource "aws_iam_role" "log_delivery" {
  name = "acme-logs-key-log-delivery"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "log_delivery" {
  name = "write-flow-logs"
  role = aws_iam_role.log_delivery.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.log_delivery.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "log_delivery" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: log-group-key-refuses-cloudwatch-logs
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.log_delivery.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "log_delivery" {}
