# PutObject is granted on the bucket's ARN, not on the objects in it.

resource "aws_vpc" "bucket_arn_only" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bucket_arn_only" {
  vpc_id               = aws_vpc.bucket_arn_only.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bucket_arn_only.arn

  depends_on = [aws_s3_bucket_policy.bucket_arn_only]
}

resource "aws_s3_bucket" "bucket_arn_only" {
  bucket = "acme-refuses-bucket-arn-only"
}

resource "aws_s3_bucket_policy" "bucket_arn_only" {
  bucket = aws_s3_bucket.bucket_arn_only.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = aws_s3_bucket.bucket_arn_only.arn
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.bucket_arn_only.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bucket_arn_only.region}:${data.aws_caller_identity.bucket_arn_only.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.bucket_arn_only.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.bucket_arn_only.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bucket_arn_only.region}:${data.aws_caller_identity.bucket_arn_only.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "bucket_arn_only" {}

data "aws_region" "bucket_arn_only" {}
