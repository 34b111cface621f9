# The key admits CloudWatch Logs, which has no part in a delivery to S3.

resource "aws_vpc" "wrong_principal" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "wrong_principal" {
  vpc_id               = aws_vpc.wrong_principal.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.wrong_principal.arn

  depends_on = [aws_s3_bucket_policy.wrong_principal]
}

resource "aws_s3_bucket" "wrong_principal" {
  bucket = "acme-key-policy-wrong-principal"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "wrong_principal" {
  bucket = aws_s3_bucket.wrong_principal.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.wrong_principal.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "wrong_principal" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({ # expect: key-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.wrong_principal.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.wrong_principal.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "wrong_principal" {
  bucket = aws_s3_bucket.wrong_principal.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.wrong_principal.arn}/AWSLogs/${data.aws_caller_identity.wrong_principal.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.wrong_principal.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.wrong_principal.region}:${data.aws_caller_identity.wrong_principal.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.wrong_principal.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.wrong_principal.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.wrong_principal.region}:${data.aws_caller_identity.wrong_principal.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "wrong_principal" {}

data "aws_region" "wrong_principal" {}
