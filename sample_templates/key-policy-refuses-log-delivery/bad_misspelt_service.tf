# The name of the log delivery service has a slip in the key's policy.

resource "aws_vpc" "misspelt_service" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "misspelt_service" {
  vpc_id               = aws_vpc.misspelt_service.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.misspelt_service.arn

  depends_on = [aws_s3_bucket_policy.misspelt_service]
}

resource "aws_s3_bucket" "misspelt_service" {
  bucket = "acme-key-policy-misspelt-service"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "misspelt_service" {
  bucket = aws_s3_bucket.misspelt_service.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.misspelt_service.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "misspelt_service" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: key-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.misspelt_service.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "deliver.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.misspelt_service.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.misspelt_service.region}:${data.aws_caller_identity.misspelt_service.account_id}:*" }
        }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "misspelt_service" {
  bucket = aws_s3_bucket.misspelt_service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.misspelt_service.arn}/AWSLogs/${data.aws_caller_identity.misspelt_service.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.misspelt_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.misspelt_service.region}:${data.aws_caller_identity.misspelt_service.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.misspelt_service.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.misspelt_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.misspelt_service.region}:${data.aws_caller_identity.misspelt_service.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "misspelt_service" {}

data "aws_region" "misspelt_service" {}
