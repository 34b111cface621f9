# The ID of a multi-Region key is an ID still.

locals {
  multi_region_key = "mrk-1a2b3c4d5e6f4a1b8c2d3e4f5a6b7c8d"
}

resource "aws_vpc" "multi_region" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "multi_region" {
  vpc_id               = aws_vpc.multi_region.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.multi_region.arn

  depends_on = [aws_s3_bucket_policy.multi_region]
}

resource "aws_s3_bucket" "multi_region" {
  bucket = "acme-key-id-mrk"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "multi_region" {
  bucket = aws_s3_bucket.multi_region.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = local.multi_region_key # expect: bucket-key-id-not-arn
    }
  }
}

resource "aws_s3_bucket_policy" "multi_region" {
  bucket = aws_s3_bucket.multi_region.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.multi_region.arn}/AWSLogs/${data.aws_caller_identity.multi_region.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.multi_region.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.multi_region.region}:${data.aws_caller_identity.multi_region.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.multi_region.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.multi_region.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.multi_region.region}:${data.aws_caller_identity.multi_region.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "multi_region" {}

data "aws_region" "multi_region" {}
