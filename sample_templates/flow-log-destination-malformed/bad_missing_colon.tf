# The ARN has one colon too few.

locals {
  missing_colon_bucket = "acme-malformed-missing-colon"
}

resource "aws_vpc" "missing_colon" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "missing_colon" {
  vpc_id               = aws_vpc.missing_colon.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3::${local.missing_colon_bucket}" # expect: flow-log-destination-malformed

  depends_on = [aws_s3_bucket_policy.missing_colon]
}

resource "aws_s3_bucket" "missing_colon" {
  bucket = local.missing_colon_bucket
}

resource "aws_s3_bucket_policy" "missing_colon" {
  bucket = aws_s3_bucket.missing_colon.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.missing_colon.arn}/AWSLogs/${data.aws_caller_identity.missing_colon.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.missing_colon.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.missing_colon.region}:${data.aws_caller_identity.missing_colon.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.missing_colon.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.missing_colon.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.missing_colon.region}:${data.aws_caller_identity.missing_colon.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "missing_colon" {}

data "aws_region" "missing_colon" {}
