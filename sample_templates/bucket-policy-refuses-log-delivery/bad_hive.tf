# With Hive partitions the keys start with AWSLogs/aws-account-id=, which the policy does not grant.

resource "aws_vpc" "hive" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "hive" {
  vpc_id               = aws_vpc.hive.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.hive.arn

  destination_options {
    file_format                = "parquet"
    hive_compatible_partitions = true
    per_hour_partition         = true
  }

  depends_on = [aws_s3_bucket_policy.hive]
}

resource "aws_s3_bucket" "hive" {
  bucket = "acme-refuses-hive"
}

resource "aws_s3_bucket_policy" "hive" {
  bucket = aws_s3_bucket.hive.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.hive.arn}/AWSLogs/${data.aws_caller_identity.hive.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.hive.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.hive.region}:${data.aws_caller_identity.hive.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.hive.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.hive.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.hive.region}:${data.aws_caller_identity.hive.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "hive" {}

data "aws_region" "hive" {}
