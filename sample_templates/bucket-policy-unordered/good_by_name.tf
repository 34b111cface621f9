# The flow log takes the bucket's name from the policy, and so waits for it.

resource "aws_vpc" "good_by_name_by_name" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good_by_name_by_name" {
  vpc_id               = aws_vpc.good_by_name_by_name.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::${aws_s3_bucket_policy.good_by_name_by_name.bucket}"
}

resource "aws_s3_bucket" "good_by_name_by_name" {
  bucket = "acme-unordered-name"
}

resource "aws_s3_bucket_policy" "good_by_name_by_name" {
  bucket = aws_s3_bucket.good_by_name_by_name.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.good_by_name_by_name.arn}/AWSLogs/${data.aws_caller_identity.good_by_name_by_name.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.good_by_name_by_name.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.good_by_name_by_name.region}:${data.aws_caller_identity.good_by_name_by_name.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.good_by_name_by_name.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.good_by_name_by_name.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.good_by_name_by_name.region}:${data.aws_caller_identity.good_by_name_by_name.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.good_by_name_by_name.arn, "${aws_s3_bucket.good_by_name_by_name.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

data "aws_caller_identity" "good_by_name_by_name" {}

data "aws_region" "good_by_name_by_name" {}
