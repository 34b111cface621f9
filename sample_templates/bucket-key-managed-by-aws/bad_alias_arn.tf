# The same key by the ARN of its alias.

resource "aws_vpc" "alias_arn" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "alias_arn" {
  vpc_id               = aws_vpc.alias_arn.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.alias_arn.arn

  depends_on = [aws_s3_bucket_policy.alias_arn]
}

resource "aws_s3_bucket" "alias_arn" {
  bucket = "acme-managed-key-alias-arn"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "alias_arn" {
  bucket = aws_s3_bucket.alias_arn.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:${data.aws_region.alias_arn.region}:${data.aws_caller_identity.alias_arn.account_id}:alias/aws/s3" # expect: bucket-key-managed-by-aws
    }

    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_policy" "alias_arn" {
  bucket = aws_s3_bucket.alias_arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.alias_arn.arn}/AWSLogs/${data.aws_caller_identity.alias_arn.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.alias_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.alias_arn.region}:${data.aws_caller_identity.alias_arn.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.alias_arn.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.alias_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.alias_arn.region}:${data.aws_caller_identity.alias_arn.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "alias_arn" {}

data "aws_region" "alias_arn" {}
