# The same key by its own ARN, looked up through the alias.

data "aws_kms_alias" "looked_up" {
  name = "alias/aws/s3"
}

resource "aws_vpc" "looked_up" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "looked_up" {
  vpc_id               = aws_vpc.looked_up.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.looked_up.arn

  depends_on = [aws_s3_bucket_policy.looked_up]
}

resource "aws_s3_bucket" "looked_up" {
  bucket = "acme-managed-key-looked-up"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "looked_up" {
  bucket = aws_s3_bucket.looked_up.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = data.aws_kms_alias.looked_up.target_key_arn # expect: bucket-key-managed-by-aws
    }

    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_policy" "looked_up" {
  bucket = aws_s3_bucket.looked_up.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.looked_up.arn}/AWSLogs/${data.aws_caller_identity.looked_up.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.looked_up.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.looked_up.region}:${data.aws_caller_identity.looked_up.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.looked_up.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.looked_up.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.looked_up.region}:${data.aws_caller_identity.looked_up.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "looked_up" {}

data "aws_region" "looked_up" {}
