# 63 characters are the longest name a bucket may have.

resource "aws_vpc" "longest" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "longest" {
  vpc_id               = aws_vpc.longest.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-flow-logs-flow-logs-flow-logs-flow-logs-flow-logs-archive1"

  depends_on = [aws_s3_bucket_policy.longest]
}

resource "aws_s3_bucket" "longest" {
  bucket = "acme-flow-logs-flow-logs-flow-logs-flow-logs-flow-logs-archive1"
}

resource "aws_s3_bucket_policy" "longest" {
  bucket = aws_s3_bucket.longest.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.longest.arn}/AWSLogs/${data.aws_caller_identity.longest.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.longest.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.longest.region}:${data.aws_caller_identity.longest.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.longest.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.longest.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.longest.region}:${data.aws_caller_identity.longest.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "longest" {}

data "aws_region" "longest" {}
