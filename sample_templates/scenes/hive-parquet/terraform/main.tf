# Flow logs for Athena: Parquet in Hive-compatible hourly partitions, below a folder of their own.
provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  folder = "network/flow-logs"

  account_id = data.aws_caller_identity.current.account_id
  source_arn = "arn:aws:logs:${data.aws_region.current.region}:${local.account_id}:*"
}

resource "aws_vpc" "analytics" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_s3_bucket" "lake" {
  bucket = "acme-analytics-lake"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    id     = "expire-flow-logs"
    status = "Enabled"

    filter {
      prefix = "${local.folder}/"
    }

    expiration {
      days = 400
    }
  }
}

data "aws_iam_policy_document" "lake" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.lake.arn}/${local.folder}/AWSLogs/aws-account-id=${local.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [local.source_arn]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl", "s3:ListBucket"]
    resources = [aws_s3_bucket.lake.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [local.source_arn]
    }
  }
}

resource "aws_s3_bucket_policy" "lake" {
  bucket = aws_s3_bucket.lake.id
  policy = data.aws_iam_policy_document.lake.json
}

resource "aws_flow_log" "analytics" {
  vpc_id                   = aws_vpc.analytics.id
  traffic_type             = "ALL"
  log_destination_type     = "s3"
  log_destination          = "${aws_s3_bucket.lake.arn}/${local.folder}/"
  max_aggregation_interval = 60

  log_format = join(" ", [for field in [
    "version", "account-id", "vpc-id", "subnet-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport",
    "protocol", "packets", "bytes", "start", "end", "action", "flow-direction", "traffic-path", "tcp-flags",
    "pkt-src-aws-service", "pkt-dst-aws-service", "log-status",
  ] : "$${${field}}"])

  destination_options {
    file_format                = "parquet"
    hive_compatible_partitions = true
    per_hour_partition         = true
  }

  depends_on = [aws_s3_bucket_policy.lake]
}
