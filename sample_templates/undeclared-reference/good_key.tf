# The bucket is encrypted with a key that is declared.

resource "aws_vpc" "good_key_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good_key_key" {
  vpc_id               = aws_vpc.good_key_key.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good_key_logs_key.arn
}

resource "aws_s3_bucket" "good_key_logs_key" {
  bucket = "acme-undeclared-key-good"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "good_key_logs_key" {
  bucket = aws_s3_bucket.good_key_logs_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.good_key_logs_key.arn
    }
  }
}

resource "aws_kms_key" "good_key_logs_key" {
  description = "encrypts flow logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.good_key_current_key.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "good_key_current_key" {}
