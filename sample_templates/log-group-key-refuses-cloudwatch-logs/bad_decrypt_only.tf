# CloudWatch Logs may decrypt, but it has to encrypt as well.

resource "aws_vpc" "decrypt_only" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "decrypt_only" {
  vpc_id               = aws_vpc.decrypt_only.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.decrypt_only.arn
  iam_role_arn         = aws_iam_role.decrypt_only.arn
}

resource "aws_cloudwatch_log_group" "decrypt_only" {
  name              = "/acme/vpc/logs-key-decrypt-only"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.decrypt_only.arn
}

resource "aws_iam_role" "decrypt_only" {
  name = "acme-logs-key-decrypt-only"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "decrypt_only" {
  name = "write-flow-logs"
  role = aws_iam_role.decrypt_only.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.decrypt_only.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "decrypt_only" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: log-group-key-refuses-cloudwatch-logs
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.decrypt_only.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.decrypt_only.region}.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:Describe*"]
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "decrypt_only" {}

data "aws_region" "decrypt_only" {}
