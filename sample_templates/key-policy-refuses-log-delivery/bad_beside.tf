# The policy is a resource of its own, and does not admit log delivery either.

resource "aws_vpc" "beside" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "beside" {
  vpc_id               = aws_vpc.beside.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.beside.arn

  depends_on = [aws_s3_bucket_policy.beside]
}

resource "aws_s3_bucket" "beside" {
  bucket = "acme-key-policy-beside"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "beside" {
  bucket = aws_s3_bucket.beside.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.beside.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "beside" {
  description = "Flow logs"
}

resource "aws_kms_key_policy" "beside" {
  key_id = aws_kms_key.beside.key_id
  policy = jsonencode({ # expect: key-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.beside.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "beside" {
  bucket = aws_s3_bucket.beside.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.beside.arn}/AWSLogs/${data.aws_caller_identity.beside.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.beside.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.beside.region}:${data.aws_caller_identity.beside.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.beside.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.beside.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.beside.region}:${data.aws_caller_identity.beside.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "beside" {}

data "aws_region" "beside" {}
