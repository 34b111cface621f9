# AWS has no key aws:SourceAcount: no request carries it, so the statement never applies.

resource "aws_vpc" "condition_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "condition_key" {
  vpc_id               = aws_vpc.condition_key.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.condition_key.arn

  depends_on = [aws_s3_bucket_policy.condition_key]
}

resource "aws_s3_bucket" "condition_key" {
  bucket = "acme-refuses-condition-key"
}

resource "aws_s3_bucket_policy" "condition_key" {
  bucket = aws_s3_bucket.condition_key.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.condition_key.arn}/AWSLogs/${data.aws_caller_identity.condition_key.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"     = "bucket-owner-full-control"
            "aws:SourceAcount" = data.aws_caller_identity.condition_key.account_id
          }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.condition_key.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.condition_key.account_id
          }
        }
      }
    ]
  })
}

data "aws_caller_identity" "condition_key" {}
