# Everything but reading is refused.

resource "aws_vpc" "not_action" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "not_action" {
  vpc_id               = aws_vpc.not_action.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.not_action.arn

  depends_on = [aws_s3_bucket_policy.not_action]
}

resource "aws_s3_bucket" "not_action" {
  bucket = "acme-denies-not-action"
}

resource "aws_s3_bucket_policy" "not_action" {
  bucket = aws_s3_bucket.not_action.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.not_action.arn}/AWSLogs/${data.aws_caller_identity.not_action.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.not_action.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.not_action.region}:${data.aws_caller_identity.not_action.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.not_action.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.not_action.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.not_action.region}:${data.aws_caller_identity.not_action.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        NotAction = ["s3:Get*", "s3:List*"]
        Resource  = "${aws_s3_bucket.not_action.arn}/*"
      }
    ]
  })
}

data "aws_caller_identity" "not_action" {}

data "aws_region" "not_action" {}
