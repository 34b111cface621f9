# StringEquals takes the asterisk for a letter, so the source ARN never matches.

resource "aws_vpc" "string_equals" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "string_equals" {
  vpc_id               = aws_vpc.string_equals.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.string_equals.arn

  depends_on = [aws_s3_bucket_policy.string_equals]
}

resource "aws_s3_bucket" "string_equals" {
  bucket = "acme-refuses-string-equals"
}

resource "aws_s3_bucket_policy" "string_equals" {
  bucket = aws_s3_bucket.string_equals.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.string_equals.arn}/AWSLogs/${data.aws_caller_identity.string_equals.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.string_equals.account_id
            "aws:SourceArn"     = "arn:aws:logs:${data.aws_region.string_equals.region}:${data.aws_caller_identity.string_equals.account_id}:*"
          }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.string_equals.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.string_equals.account_id
            "aws:SourceArn"     = "arn:aws:logs:${data.aws_region.string_equals.region}:${data.aws_caller_identity.string_equals.account_id}:*"
          }
        }
      }
    ]
  })
}

data "aws_caller_identity" "string_equals" {}

data "aws_region" "string_equals" {}
