# The type says S3, but no bucket is named.

resource "aws_vpc" "s3" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "s3" { # expect: flow-log-destination-missing
  vpc_id               = aws_vpc.s3.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
}

resource "aws_s3_bucket" "s3" {
  bucket = "acme-destination-missing-s3"
}

resource "aws_s3_bucket_policy" "s3" {
  bucket = aws_s3_bucket.s3.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.s3.arn}/AWSLogs/${data.aws_caller_identity.s3.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.s3.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.s3.region}:${data.aws_caller_identity.s3.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.s3.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.s3.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.s3.region}:${data.aws_caller_identity.s3.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "s3" {}

data "aws_region" "s3" {}
