# Log delivery may decrypt, but it has to make data keys.

resource "aws_vpc" "decrypt_only" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "decrypt_only" {
  vpc_id               = aws_vpc.decrypt_only.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.decrypt_only.arn

  depends_on = [aws_s3_bucket_policy.decrypt_only]
}

resource "aws_s3_bucket" "decrypt_only" {
  bucket = "acme-key-policy-decrypt-only"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "decrypt_only" {
  bucket = aws_s3_bucket.decrypt_only.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.decrypt_only.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "decrypt_only" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: key-policy-refuses-log-delivery
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
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:DescribeKey"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "decrypt_only" {
  bucket = aws_s3_bucket.decrypt_only.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.decrypt_only.arn}/AWSLogs/${data.aws_caller_identity.decrypt_only.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.decrypt_only.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.decrypt_only.region}:${data.aws_caller_identity.decrypt_only.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.decrypt_only.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.decrypt_only.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.decrypt_only.region}:${data.aws_caller_identity.decrypt_only.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "decrypt_only" {}

data "aws_region" "decrypt_only" {}
