# The policy is a resource of its own, and admits log delivery.

resource "aws_vpc" "beside_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "beside_good" {
  vpc_id               = aws_vpc.beside_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.beside_good.arn

  depends_on = [aws_s3_bucket_policy.beside_good]
}

resource "aws_s3_bucket" "beside_good" {
  bucket = "acme-key-policy-beside-good"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "beside_good" {
  bucket = aws_s3_bucket.beside_good.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.beside_good.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "beside_good" {
  description = "Flow logs"
}

resource "aws_kms_key_policy" "beside_good" {
  key_id = aws_kms_key.beside_good.key_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.beside_good.account_id}:root" }
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

resource "aws_s3_bucket_policy" "beside_good" {
  bucket = aws_s3_bucket.beside_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.beside_good.arn}/AWSLogs/${data.aws_caller_identity.beside_good.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.beside_good.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.beside_good.region}:${data.aws_caller_identity.beside_good.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.beside_good.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.beside_good.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.beside_good.region}:${data.aws_caller_identity.beside_good.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "beside_good" {}

data "aws_region" "beside_good" {}
