# 3 characters are the shortest name a bucket may have.

resource "aws_vpc" "shortest" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "shortest" {
  vpc_id               = aws_vpc.shortest.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::vfl"

  depends_on = [aws_s3_bucket_policy.shortest]
}

resource "aws_s3_bucket" "shortest" {
  bucket = "vfl"
}

resource "aws_s3_bucket_policy" "shortest" {
  bucket = aws_s3_bucket.shortest.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.shortest.arn}/AWSLogs/${data.aws_caller_identity.shortest.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.shortest.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.shortest.region}:${data.aws_caller_identity.shortest.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.shortest.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.shortest.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.shortest.region}:${data.aws_caller_identity.shortest.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "shortest" {}

data "aws_region" "shortest" {}
