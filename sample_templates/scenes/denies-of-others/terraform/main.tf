# Explicit Deny statements in the bucket's policy, in the key's, in the role's and in its boundary: each
# is about something else than the delivery of flow logs.
provider "aws" {
  region = "eu-west-2"

  allowed_account_ids = ["111122223333"]
}

data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
}

resource "aws_vpc" "this" {
  cidr_block = "10.140.0.0/16"
}

resource "aws_s3_bucket" "flow_logs" {
  bucket = "acme-denies-flow-logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.flow_logs.arn
    }
  }
}

resource "aws_s3_bucket_policy" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.flow_logs.arn}/network/AWSLogs/${local.account_id}/*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:aws:logs:eu-west-2:${local.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.flow_logs.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
      {
        Sid       = "OtherFoldersAreReadOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        NotResource = [
          aws_s3_bucket.flow_logs.arn,
          "${aws_s3_bucket.flow_logs.arn}/network/*",
        ]
      },
      {
        Sid       = "OtherAccountsStayOut"
        Effect    = "Deny"
        Principal = { AWS = ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:root"] }
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.flow_logs.arn, "${aws_s3_bucket.flow_logs.arn}/*"]
      },
      {
        Sid       = "OtherServicesStayOut"
        Effect    = "Deny"
        Principal = { Service = ["cloudtrail.amazonaws.com", "logging.s3.amazonaws.com"] }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.flow_logs.arn}/*"
      },
      {
        Sid       = "OtherRegionsStayOut"
        Effect    = "Deny"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.flow_logs.arn}/*"
        Condition = { ArnNotLike = { "aws:SourceArn" = "arn:aws:logs:eu-west-2:${local.account_id}:*" } }
      },
      {
        Sid       = "NobodyDeletes"
        Effect    = "Deny"
        Principal = "*"
        NotAction = ["s3:Get*", "s3:List*", "s3:PutObject"]
        Resource  = "${aws_s3_bucket.flow_logs.arn}/*"
      },
    ]
  })
}

resource "aws_kms_key" "flow_logs" {
  description = "Flow logs"

  policy = jsonencode({
    Version = "2012-10-17"
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
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      },
      {
        Sid       = "NobodyDeletesTheKey"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["kms:ScheduleKeyDeletion", "kms:DisableKey"]
        Resource  = "*"
      },
      {
        Sid       = "OtherBucketsStayOut"
        Effect    = "Deny"
        Principal = "*"
        Action    = "kms:GenerateDataKey*"
        Resource  = "*"
        Condition = { StringNotLike = { "kms:EncryptionContext:aws:s3:arn" = "arn:aws:s3:::acme-denies-*" } }
      },
    ]
  })
}

resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.flow_logs.arn}/network"

  depends_on = [aws_s3_bucket_policy.flow_logs]
}

resource "aws_cloudwatch_log_group" "rejects" {
  name = "/denies/rejects"
}

resource "aws_iam_policy" "boundary" {
  name = "denies-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["logs:*", "s3:*"], Resource = "*" },
      { Effect = "Deny", Action = ["logs:DeleteLogGroup", "logs:DeleteLogStream"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role" "rejects" {
  name                 = "denies-rejects"
  permissions_boundary = aws_iam_policy.boundary.arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "vpc-flow-logs.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
      {
        Sid       = "NotForOtherAccounts"
        Effect    = "Deny"
        Principal = { Service = "vpc-flow-logs.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = { StringNotEquals = { "aws:SourceAccount" = local.account_id } }
      },
    ]
  })
}

resource "aws_iam_role_policy" "rejects" {
  role = aws_iam_role.rejects.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
        Resource = "${aws_cloudwatch_log_group.rejects.arn}:*"
      },
      {
        Sid      = "NotIntoTheAuditLog"
        Effect   = "Deny"
        Action   = "logs:*"
        Resource = "arn:aws:logs:*:*:log-group:/denies/audit:*"
      },
      {
        Sid         = "NowhereElse"
        Effect      = "Deny"
        Action      = "logs:PutLogEvents"
        NotResource = "arn:aws:logs:eu-west-2:*:log-group:/denies/*"
      },
      {
        Sid       = "NotWithoutTls"
        Effect    = "Deny"
        Action    = "*"
        Resource  = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_flow_log" "rejects" {
  vpc_id          = aws_vpc.this.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.rejects.arn
  iam_role_arn    = aws_iam_role.rejects.arn
}
