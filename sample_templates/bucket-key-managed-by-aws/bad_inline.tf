# The same in the bucket's own block, in the way of provider version 3.

resource "aws_vpc" "inline" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "inline" {
  vpc_id               = aws_vpc.inline.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.inline.arn

  depends_on = [aws_s3_bucket_policy.inline]
}

resource "aws_s3_bucket" "inline" {
  bucket = "acme-managed-key-inline"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "aws:kms" # expect: bucket-key-managed-by-aws
      }
    }
  }
}

resource "aws_s3_bucket_policy" "inline" {
  bucket = aws_s3_bucket.inline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.inline.arn}/AWSLogs/${data.aws_caller_identity.inline.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.inline.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.inline.region}:${data.aws_caller_identity.inline.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.inline.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.inline.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.inline.region}:${data.aws_caller_identity.inline.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "inline" {}

data "aws_region" "inline" {}
