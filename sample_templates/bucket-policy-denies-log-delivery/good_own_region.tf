# Requests to other regions and to buckets of others are refused; log delivery writes to this one.

resource "aws_vpc" "own_region" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "own_region" {
  vpc_id               = aws_vpc.own_region.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.own_region.arn

  depends_on = [aws_s3_bucket_policy.own_region]
}

resource "aws_s3_bucket" "own_region" {
  bucket = "acme-denies-own-region"
}

resource "aws_s3_bucket_policy" "own_region" {
  bucket = aws_s3_bucket.own_region.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.own_region.arn}/AWSLogs/${data.aws_caller_identity.own_region.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.own_region.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.own_region.region}:${data.aws_caller_identity.own_region.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.own_region.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.own_region.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.own_region.region}:${data.aws_caller_identity.own_region.account_id}:*" }
        }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.own_region.arn}/*"
        Condition = {
          StringNotEquals = {
            "aws:RequestedRegion" = data.aws_region.own_region.region
            "s3:ResourceAccount"  = data.aws_caller_identity.own_region.account_id
          }
        }
      }
    ]
  })
}

data "aws_caller_identity" "own_region" {}

data "aws_region" "own_region" {}
