# The Deny is for one role only.

resource "aws_vpc" "named_role" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "named_role" {
  vpc_id               = aws_vpc.named_role.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.named_role.arn

  depends_on = [aws_s3_bucket_policy.named_role]
}

resource "aws_s3_bucket" "named_role" {
  bucket = "acme-denies-named-role"
}

resource "aws_s3_bucket_policy" "named_role" {
  bucket = aws_s3_bucket.named_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.named_role.arn}/AWSLogs/${data.aws_caller_identity.named_role.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.named_role.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.named_role.region}:${data.aws_caller_identity.named_role.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.named_role.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.named_role.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.named_role.region}:${data.aws_caller_identity.named_role.account_id}:*" }
        }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.named_role.account_id}:role/intern" }
        Action    = "s3:*"
        Resource  = "${aws_s3_bucket.named_role.arn}/*"
      }
    ]
  })
}

data "aws_caller_identity" "named_role" {}

data "aws_region" "named_role" {}
