# The statements name another bucket's objects.

resource "aws_vpc" "wrong_bucket" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "wrong_bucket" {
  vpc_id               = aws_vpc.wrong_bucket.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.wrong_bucket.arn

  depends_on = [aws_s3_bucket_policy.wrong_bucket]
}

resource "aws_s3_bucket" "wrong_bucket" {
  bucket = "acme-refuses-wrong-bucket"
}

resource "aws_s3_bucket" "wrong_bucket_archive" {
  bucket = "acme-refuses-archive"
}

resource "aws_s3_bucket_policy" "wrong_bucket" {
  bucket = aws_s3_bucket.wrong_bucket.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.wrong_bucket_archive.arn}/AWSLogs/${data.aws_caller_identity.wrong_bucket.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.wrong_bucket.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.wrong_bucket.region}:${data.aws_caller_identity.wrong_bucket.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.wrong_bucket.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.wrong_bucket.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.wrong_bucket.region}:${data.aws_caller_identity.wrong_bucket.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "wrong_bucket" {}

data "aws_region" "wrong_bucket" {}
