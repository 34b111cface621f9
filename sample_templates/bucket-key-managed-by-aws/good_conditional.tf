# Without a key from outside the bucket keeps to SSE-S3.

variable "optional_key_arn" {
  type    = string
  default = null
}

resource "aws_vpc" "conditional" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "conditional" {
  vpc_id               = aws_vpc.conditional.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.conditional.arn

  depends_on = [aws_s3_bucket_policy.conditional]
}

resource "aws_s3_bucket" "conditional" {
  bucket = "acme-managed-key-conditional"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "conditional" {
  bucket = aws_s3_bucket.conditional.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.optional_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.optional_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "conditional" {
  bucket = aws_s3_bucket.conditional.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.conditional.arn}/AWSLogs/${data.aws_caller_identity.conditional.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.conditional.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.conditional.region}:${data.aws_caller_identity.conditional.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.conditional.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.conditional.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.conditional.region}:${data.aws_caller_identity.conditional.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "conditional" {}

data "aws_region" "conditional" {}
