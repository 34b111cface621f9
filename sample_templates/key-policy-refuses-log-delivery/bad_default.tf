# A key without a policy admits its account only, no service.

resource "aws_vpc" "default" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "default" {
  vpc_id               = aws_vpc.default.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.default.arn

  depends_on = [aws_s3_bucket_policy.default]
}

resource "aws_s3_bucket" "default" {
  bucket = "acme-key-policy-default"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "default" {
  bucket = aws_s3_bucket.default.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.default.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "default" { # expect: key-policy-refuses-log-delivery
  description = "Flow logs"
}

resource "aws_s3_bucket_policy" "default" {
  bucket = aws_s3_bucket.default.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.default.arn}/AWSLogs/${data.aws_caller_identity.default.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.default.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.default.region}:${data.aws_caller_identity.default.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.default.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.default.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.default.region}:${data.aws_caller_identity.default.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "default" {}

data "aws_region" "default" {}
