# Uploads must ask for KMS encryption; log delivery leaves that to the bucket and sends no such header.

resource "aws_vpc" "encryption_header" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "encryption_header" {
  vpc_id               = aws_vpc.encryption_header.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.encryption_header.arn

  depends_on = [aws_s3_bucket_policy.encryption_header]
}

resource "aws_s3_bucket" "encryption_header" {
  bucket = "acme-denies-encryption-header"
}

resource "aws_s3_bucket_policy" "encryption_header" {
  bucket = aws_s3_bucket.encryption_header.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.encryption_header.arn}/AWSLogs/${data.aws_caller_identity.encryption_header.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.encryption_header.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.encryption_header.region}:${data.aws_caller_identity.encryption_header.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.encryption_header.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.encryption_header.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.encryption_header.region}:${data.aws_caller_identity.encryption_header.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.encryption_header.arn}/*"
        Condition = {
          StringNotEquals = { "s3:x-amz-server-side-encryption" = "aws:kms" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "encryption_header" {}

data "aws_region" "encryption_header" {}
