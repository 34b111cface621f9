# The policy document admits the log delivery service.

resource "aws_vpc" "document_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document_good" {
  vpc_id               = aws_vpc.document_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.document_good.arn

  depends_on = [aws_s3_bucket_policy.document_good]
}

resource "aws_s3_bucket" "document_good" {
  bucket = "acme-key-policy-document-good"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "document_good" {
  bucket = aws_s3_bucket.document_good.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.document_good.arn
    }

    bucket_key_enabled = true
  }
}

resource "aws_kms_key" "document_good" {
  description = "Flow logs"
  policy      = data.aws_iam_policy_document.document_good.json
}

data "aws_iam_policy_document" "document_good" {
  statement {
    sid       = "Administration"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.document_good.account_id}:root"]
    }
  }

  statement {
    sid       = "LogDelivery"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "document_good" {
  bucket = aws_s3_bucket.document_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.document_good.arn}/AWSLogs/${data.aws_caller_identity.document_good.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.document_good.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.document_good.region}:${data.aws_caller_identity.document_good.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.document_good.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.document_good.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.document_good.region}:${data.aws_caller_identity.document_good.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "document_good" {}

data "aws_region" "document_good" {}
