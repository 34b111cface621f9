# The policy grants the keys as Hive partitions spell them.

resource "aws_vpc" "hive_partitions" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "hive_partitions" {
  vpc_id               = aws_vpc.hive_partitions.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.hive_partitions.arn

  destination_options {
    file_format                = "parquet"
    hive_compatible_partitions = true
    per_hour_partition         = true
  }

  depends_on = [aws_s3_bucket_policy.hive_partitions]
}

resource "aws_s3_bucket" "hive_partitions" {
  bucket = "acme-refuses-hive-partitions"
}

resource "aws_s3_bucket_policy" "hive_partitions" {
  bucket = aws_s3_bucket.hive_partitions.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.hive_partitions.arn}/AWSLogs/aws-account-id=${data.aws_caller_identity.hive_partitions.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.hive_partitions.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.hive_partitions.region}:${data.aws_caller_identity.hive_partitions.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.hive_partitions.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.hive_partitions.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.hive_partitions.region}:${data.aws_caller_identity.hive_partitions.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "hive_partitions" {}

data "aws_region" "hive_partitions" {}
