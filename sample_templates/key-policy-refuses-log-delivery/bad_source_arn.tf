# Log delivery comes with a source ARN of the service logs, never of ec2.

resource "aws_vpc" "source_arn" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "source_arn" {
  vpc_id               = aws_vpc.source_arn.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.source_arn.arn

  depends_on = [aws_s3_bucket_policy.source_arn]
}

resource "aws_s3_bucket" "source_arn" {
  bucket = "acme-key-policy-source-arn"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "source_arn" {
  bucket = aws_s3_bucket.source_arn.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.source_arn.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "source_arn" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: key-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.source_arn.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = {
          ArnLike = { "aws:SourceArn" = "arn:aws:ec2:*:${data.aws_caller_identity.source_arn.account_id}:vpc-flow-log/*" }
        }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "source_arn" {
  bucket = aws_s3_bucket.source_arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.source_arn.arn}/AWSLogs/${data.aws_caller_identity.source_arn.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.source_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_arn.region}:${data.aws_caller_identity.source_arn.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.source_arn.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.source_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_arn.region}:${data.aws_caller_identity.source_arn.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "source_arn" {}

data "aws_region" "source_arn" {}
