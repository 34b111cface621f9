# The flow log is in Ireland, the policy admits sources of Virginia only.

provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.main.arn

  depends_on = [aws_s3_bucket_policy.main]
}

resource "aws_s3_bucket" "main" {
  bucket = "acme-refuses-other-region"
}

resource "aws_s3_bucket_policy" "main" {
  bucket = aws_s3_bucket.main.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.main.arn}/AWSLogs/${data.aws_caller_identity.main.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.main.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:us-east-1:${data.aws_caller_identity.main.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.main.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.main.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:us-east-1:${data.aws_caller_identity.main.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "main" {}
