# kms:* holds every action that log delivery needs.

resource "aws_vpc" "all_actions" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "all_actions" {
  vpc_id               = aws_vpc.all_actions.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.all_actions.arn

  depends_on = [aws_s3_bucket_policy.all_actions]
}

resource "aws_s3_bucket" "all_actions" {
  bucket = "acme-key-policy-all-actions"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "all_actions" {
  bucket = aws_s3_bucket.all_actions.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.all_actions.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "all_actions" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.all_actions.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "all_actions" {
  bucket = aws_s3_bucket.all_actions.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.all_actions.arn}/AWSLogs/${data.aws_caller_identity.all_actions.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.all_actions.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.all_actions.region}:${data.aws_caller_identity.all_actions.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.all_actions.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.all_actions.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.all_actions.region}:${data.aws_caller_identity.all_actions.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "all_actions" {}

data "aws_region" "all_actions" {}
