# The flow log waits for a timer, which waits for the bucket policy.

resource "aws_vpc" "good_through_timer_through_timer" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good_through_timer_through_timer" {
  vpc_id               = aws_vpc.good_through_timer_through_timer.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good_through_timer_through_timer.arn

  depends_on = [time_sleep.good_through_timer_settled_through_timer]
}

resource "aws_s3_bucket" "good_through_timer_through_timer" {
  bucket = "acme-unordered-timer"
}

resource "aws_s3_bucket_policy" "good_through_timer_through_timer" {
  bucket = aws_s3_bucket.good_through_timer_through_timer.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.good_through_timer_through_timer.arn}/AWSLogs/${data.aws_caller_identity.good_through_timer_through_timer.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.good_through_timer_through_timer.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.good_through_timer_through_timer.region}:${data.aws_caller_identity.good_through_timer_through_timer.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.good_through_timer_through_timer.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.good_through_timer_through_timer.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.good_through_timer_through_timer.region}:${data.aws_caller_identity.good_through_timer_through_timer.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.good_through_timer_through_timer.arn, "${aws_s3_bucket.good_through_timer_through_timer.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

data "aws_caller_identity" "good_through_timer_through_timer" {}

data "aws_region" "good_through_timer_through_timer" {}

resource "time_sleep" "good_through_timer_settled_through_timer" {
  create_duration = "15s"
  depends_on      = [aws_s3_bucket_policy.good_through_timer_through_timer]
}
