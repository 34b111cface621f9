# Wildcards in actions, and capitals in their service, match all the same.

resource "aws_vpc" "wildcards" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "wildcards" {
  vpc_id               = aws_vpc.wildcards.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.wildcards.arn

  depends_on = [aws_s3_bucket_policy.wildcards]
}

resource "aws_s3_bucket" "wildcards" {
  bucket = "acme-refuses-wildcards"
}

resource "aws_s3_bucket_policy" "wildcards" {
  bucket = aws_s3_bucket.wildcards.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "S3:Put*"
        Resource  = "${aws_s3_bucket.wildcards.arn}/AWSLogs/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.wildcards.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.wildcards.region}:${data.aws_caller_identity.wildcards.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucket*"
        Resource  = aws_s3_bucket.wildcards.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.wildcards.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.wildcards.region}:${data.aws_caller_identity.wildcards.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "wildcards" {}

data "aws_region" "wildcards" {}
