# Services acting for other accounts are refused; log delivery acts for this one.

resource "aws_vpc" "source_account" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "source_account" {
  vpc_id               = aws_vpc.source_account.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.source_account.arn

  depends_on = [aws_s3_bucket_policy.source_account]
}

resource "aws_s3_bucket" "source_account" {
  bucket = "acme-denies-source-account"
}

resource "aws_s3_bucket_policy" "source_account" {
  bucket = aws_s3_bucket.source_account.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.source_account.arn}/AWSLogs/${data.aws_caller_identity.source_account.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.source_account.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_account.region}:${data.aws_caller_identity.source_account.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.source_account.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.source_account.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.source_account.region}:${data.aws_caller_identity.source_account.account_id}:*" }
        }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.source_account.arn}/*"
        Condition = {
          StringNotEquals = { "aws:SourceAccount" = [data.aws_caller_identity.source_account.account_id] }
          Bool            = { "aws:PrincipalIsAWSService" = "true" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "source_account" {}

data "aws_region" "source_account" {}
