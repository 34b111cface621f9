# A customer managed key with the bucket key enabled, granted by its encryption context, which is then the
# ARN of the bucket and not of the object; and an encrypted log group.
provider "aws" {
  region = "eu-north-1"

  allowed_account_ids = ["111122223333"]
}

data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  region     = "eu-north-1"
}

resource "aws_vpc" "this" {
  cidr_block = "10.110.0.0/16"
}

resource "aws_s3_bucket" "flow_logs" {
  bucket = "acme-sealed-flow-logs"
}

resource "aws_s3_bucket_ownership_controls" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_alias.flow_logs.target_key_arn
    }
  }
}

resource "aws_kms_alias" "flow_logs" {
  name          = "alias/flow-logs"
  target_key_id = aws_kms_key.flow_logs.key_id
}

resource "aws_kms_key" "flow_logs" {
  description             = "Flow logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_key_policy" "flow_logs" {
  key_id = aws_kms_key.flow_logs.id

  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "flow-logs"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${local.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "LogDelivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount"                = local.account_id
            "kms:EncryptionContext:aws:s3:arn" = aws_s3_bucket.flow_logs.arn
          }
        }
      },
      {
        Sid       = "LogDeliveryDescribes"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
      {
        Sid       = "LogGroup"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${local.region}:${local.account_id}:log-group:/sealed/rejects"
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket_policy" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id
  policy = data.aws_iam_policy_document.flow_logs.json
}

data "aws_iam_policy_document" "flow_logs" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.flow_logs.arn}/AWSLogs/${local.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.flow_logs.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}

resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ACCEPT"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.flow_logs.arn

  depends_on = [
    aws_s3_bucket_policy.flow_logs,
    aws_s3_bucket_server_side_encryption_configuration.flow_logs,
    aws_kms_key_policy.flow_logs,
  ]
}

resource "aws_cloudwatch_log_group" "rejects" {
  name              = "/sealed/rejects"
  kms_key_id        = aws_kms_key.flow_logs.arn
  retention_in_days = 365

  depends_on = [aws_kms_key_policy.flow_logs]
}

resource "aws_iam_role" "rejects" {
  name = "sealed-rejects"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "rejects" {
  role = aws_iam_role.rejects.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "${aws_cloudwatch_log_group.rejects.arn}:*"
    }]
  })
}

resource "aws_flow_log" "rejects" {
  vpc_id          = aws_vpc.this.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.rejects.arn
  iam_role_arn    = aws_iam_role.rejects.arn
}
