# The bucket's own block, in the way of provider version 3, with the ARN.

resource "aws_flow_log" "inline_arn" {
  eni_id               = "eni-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.inline_arn.arn

  depends_on = [aws_s3_bucket_policy.inline_arn]
}

resource "aws_s3_bucket" "inline_arn" {
  bucket = "acme-key-id-inline-good"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.inline_arn.arn
      }
    }
  }
}

resource "aws_kms_key" "inline_arn" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.inline_arn.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "inline_arn" {
  bucket = aws_s3_bucket.inline_arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.inline_arn.arn}/AWSLogs/${data.aws_caller_identity.inline_arn.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.inline_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.inline_arn.region}:${data.aws_caller_identity.inline_arn.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.inline_arn.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.inline_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.inline_arn.region}:${data.aws_caller_identity.inline_arn.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "inline_arn" {}

data "aws_region" "inline_arn" {}
