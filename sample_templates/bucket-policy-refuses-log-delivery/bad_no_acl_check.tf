# Log delivery may write, but not read the bucket's ACL first.

resource "aws_vpc" "no_acl_check" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_acl_check" {
  vpc_id               = aws_vpc.no_acl_check.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.no_acl_check.arn

  depends_on = [aws_s3_bucket_policy.no_acl_check]
}

resource "aws_s3_bucket" "no_acl_check" {
  bucket = "acme-refuses-no-acl-check"
}

resource "aws_s3_bucket_policy" "no_acl_check" {
  bucket = aws_s3_bucket.no_acl_check.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.no_acl_check.arn}/AWSLogs/${data.aws_caller_identity.no_acl_check.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.no_acl_check.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.no_acl_check.region}:${data.aws_caller_identity.no_acl_check.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "no_acl_check" {}

data "aws_region" "no_acl_check" {}
