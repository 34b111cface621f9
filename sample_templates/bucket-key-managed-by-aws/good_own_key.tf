# A key of one's own that admits log delivery.

resource "aws_vpc" "own_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "own_key" {
  vpc_id               = aws_vpc.own_key.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.own_key.arn

  depends_on = [aws_s3_bucket_policy.own_key]
}

resource "aws_s3_bucket" "own_key" {
  bucket = "acme-managed-key-own"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "own_key" {
  bucket = aws_s3_bucket.own_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.own_key.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "own_key" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.own_key.account_id}:root" }
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

resource "aws_s3_bucket_policy" "own_key" {
  bucket = aws_s3_bucket.own_key.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.own_key.arn}/AWSLogs/${data.aws_caller_identity.own_key.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.own_key.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.own_key.region}:${data.aws_caller_identity.own_key.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.own_key.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.own_key.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.own_key.region}:${data.aws_caller_identity.own_key.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "own_key" {}

data "aws_region" "own_key" {}
