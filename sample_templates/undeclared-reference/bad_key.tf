# The bucket is encrypted with a key that nothing declares.

resource "aws_vpc" "bad_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_key" {
  vpc_id               = aws_vpc.bad_key.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_key.arn
}

resource "aws_s3_bucket" "bad_key" {
  bucket = "acme-undeclared-key-bad"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bad_key" {
  bucket = aws_s3_bucket.bad_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.flow_logs.arn # expect: undeclared-reference
    }
  }
}

resource "aws_kms_key" "bad_key" {
  description = "encrypts flow logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.bad_key.account_id}:root" }
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

data "aws_caller_identity" "bad_key" {}
