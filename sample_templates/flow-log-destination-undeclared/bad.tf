# The bucket is declared as bad_logs; the flow log refers to bad_log.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_log.arn # expect: flow-log-destination-undeclared

  depends_on = [aws_s3_bucket_policy.bad_logs]
}

resource "aws_s3_bucket" "bad_logs" {
  bucket = "acme-undeclared-bad"
}

resource "aws_s3_bucket_policy" "bad_logs" {
  bucket = aws_s3_bucket.bad_logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.bad_logs.arn}/AWSLogs/${data.aws_caller_identity.bad_logs.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.bad_logs.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bad_logs.region}:${data.aws_caller_identity.bad_logs.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.bad_logs.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.bad_logs.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bad_logs.region}:${data.aws_caller_identity.bad_logs.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "bad_logs" {}

data "aws_region" "bad_logs" {}
