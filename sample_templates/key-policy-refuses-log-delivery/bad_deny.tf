# A Deny on everyone outside the organization catches log delivery.

resource "aws_vpc" "deny" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "deny" {
  vpc_id               = aws_vpc.deny.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.deny.arn

  depends_on = [aws_s3_bucket_policy.deny]
}

resource "aws_s3_bucket" "deny" {
  bucket = "acme-key-policy-deny"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "deny" {
  bucket = aws_s3_bucket.deny.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.deny.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "deny" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.deny.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      },
      { # expect: key-policy-refuses-log-delivery
        Sid       = "OrganizationOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "kms:*"
        Resource  = "*"
        Condition = {
          StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
        }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "deny" {
  bucket = aws_s3_bucket.deny.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.deny.arn}/AWSLogs/${data.aws_caller_identity.deny.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.deny.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.deny.region}:${data.aws_caller_identity.deny.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.deny.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.deny.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.deny.region}:${data.aws_caller_identity.deny.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "deny" {}

data "aws_region" "deny" {}
