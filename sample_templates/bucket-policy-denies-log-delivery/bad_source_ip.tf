# Only the office may write; log delivery comes from AWS's own addresses.

resource "aws_vpc" "source_ip" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "source_ip" {
  vpc_id               = aws_vpc.source_ip.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.source_ip.arn

  depends_on = [aws_s3_bucket_policy.source_ip]
}

resource "aws_s3_bucket" "source_ip" {
  bucket = "acme-denies-source-ip"
}

resource "aws_s3_bucket_policy" "source_ip" {
  bucket = aws_s3_bucket.source_ip.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.source_ip.arn}/AWSLogs/${data.aws_caller_identity.source_ip.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.source_ip.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_ip.region}:${data.aws_caller_identity.source_ip.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.source_ip.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.source_ip.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_ip.region}:${data.aws_caller_identity.source_ip.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.source_ip.arn}/*"
        Condition = {
          NotIpAddress = { "aws:SourceIp" = ["203.0.113.0/24"] }
        }
      }
    ]
  })
}

data "aws_caller_identity" "source_ip" {}

data "aws_region" "source_ip" {}
