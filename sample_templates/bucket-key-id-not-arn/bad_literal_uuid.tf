# A key ID as a variable's default.

variable "log_key" {
  type    = string
  default = "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
}

resource "aws_vpc" "literal_uuid" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "literal_uuid" {
  vpc_id               = aws_vpc.literal_uuid.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.literal_uuid.arn

  depends_on = [aws_s3_bucket_policy.literal_uuid]
}

resource "aws_s3_bucket" "literal_uuid" {
  bucket = "acme-key-id-literal"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "literal_uuid" {
  bucket = aws_s3_bucket.literal_uuid.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.log_key # expect: bucket-key-id-not-arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_policy" "literal_uuid" {
  bucket = aws_s3_bucket.literal_uuid.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.literal_uuid.arn}/AWSLogs/${data.aws_caller_identity.literal_uuid.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.literal_uuid.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.literal_uuid.region}:${data.aws_caller_identity.literal_uuid.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.literal_uuid.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.literal_uuid.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.literal_uuid.region}:${data.aws_caller_identity.literal_uuid.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "literal_uuid" {}

data "aws_region" "literal_uuid" {}
