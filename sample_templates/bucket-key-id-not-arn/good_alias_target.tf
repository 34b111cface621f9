# Through the alias to the ARN of the key behind it.

resource "aws_vpc" "alias_target" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "alias_target" {
  vpc_id               = aws_vpc.alias_target.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.alias_target.arn

  depends_on = [aws_s3_bucket_policy.alias_target]
}

resource "aws_s3_bucket" "alias_target" {
  bucket = "acme-key-id-alias-target"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "alias_target" {
  bucket = aws_s3_bucket.alias_target.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_alias.alias_target.target_key_arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "alias_target" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.alias_target.account_id}:root" }
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

resource "aws_kms_alias" "alias_target" {
  name          = "alias/acme-flow-logs-target"
  target_key_id = aws_kms_key.alias_target.key_id
}

resource "aws_s3_bucket_policy" "alias_target" {
  bucket = aws_s3_bucket.alias_target.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.alias_target.arn}/AWSLogs/${data.aws_caller_identity.alias_target.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.alias_target.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.alias_target.region}:${data.aws_caller_identity.alias_target.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.alias_target.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.alias_target.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.alias_target.region}:${data.aws_caller_identity.alias_target.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "alias_target" {}

data "aws_region" "alias_target" {}
