# alias/aws/s3 is the key that AWS manages.

resource "aws_vpc" "alias" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "alias" {
  vpc_id               = aws_vpc.alias.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.alias.arn

  depends_on = [aws_s3_bucket_policy.alias]
}

resource "aws_s3_bucket" "alias" {
  bucket = "acme-managed-key-alias"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "alias" {
  bucket = aws_s3_bucket.alias.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/aws/s3" # expect: bucket-key-managed-by-aws
    }

    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_policy" "alias" {
  bucket = aws_s3_bucket.alias.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.alias.arn}/AWSLogs/${data.aws_caller_identity.alias.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.alias.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.alias.region}:${data.aws_caller_identity.alias.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.alias.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.alias.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.alias.region}:${data.aws_caller_identity.alias.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "alias" {}

data "aws_region" "alias" {}
