# The Deny on the bucket itself stops the look at its ACL.

resource "aws_vpc" "acl_check" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "acl_check" {
  vpc_id               = aws_vpc.acl_check.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.acl_check.arn

  depends_on = [aws_s3_bucket_policy.acl_check]
}

resource "aws_s3_bucket" "acl_check" {
  bucket = "acme-denies-acl-check"
}

resource "aws_s3_bucket_policy" "acl_check" {
  bucket = aws_s3_bucket.acl_check.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.acl_check.arn}/AWSLogs/${data.aws_caller_identity.acl_check.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.acl_check.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.acl_check.region}:${data.aws_caller_identity.acl_check.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.acl_check.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.acl_check.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.acl_check.region}:${data.aws_caller_identity.acl_check.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:Get*"
        Resource  = aws_s3_bucket.acl_check.arn
        Condition = {
          StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "acl_check" {}

data "aws_region" "acl_check" {}
