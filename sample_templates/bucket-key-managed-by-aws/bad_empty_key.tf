# An empty key is none: the provider does not send it, and AWS's own key remains.

variable "log_key_arn" {
  type    = string
  default = ""
}

resource "aws_vpc" "empty_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "empty_key" {
  vpc_id               = aws_vpc.empty_key.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.empty_key.arn

  depends_on = [aws_s3_bucket_policy.empty_key]
}

resource "aws_s3_bucket" "empty_key" {
  bucket = "acme-managed-key-empty"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "empty_key" {
  bucket = aws_s3_bucket.empty_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms" # expect: bucket-key-managed-by-aws
      kms_master_key_id = var.log_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "empty_key" {
  bucket = aws_s3_bucket.empty_key.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.empty_key.arn}/AWSLogs/${data.aws_caller_identity.empty_key.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.empty_key.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.empty_key.region}:${data.aws_caller_identity.empty_key.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.empty_key.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.empty_key.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.empty_key.region}:${data.aws_caller_identity.empty_key.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "empty_key" {}

data "aws_region" "empty_key" {}
