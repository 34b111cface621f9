# IfExists does not help a negated operator: where the key is missing it is true.

resource "aws_vpc" "if_exists" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "if_exists" {
  vpc_id               = aws_vpc.if_exists.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.if_exists.arn

  depends_on = [aws_s3_bucket_policy.if_exists]
}

resource "aws_s3_bucket" "if_exists" {
  bucket = "acme-denies-if-exists"
}

resource "aws_s3_bucket_policy" "if_exists" {
  bucket = aws_s3_bucket.if_exists.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.if_exists.arn}/AWSLogs/${data.aws_caller_identity.if_exists.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.if_exists.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.if_exists.region}:${data.aws_caller_identity.if_exists.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.if_exists.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.if_exists.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.if_exists.region}:${data.aws_caller_identity.if_exists.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.if_exists.arn, "${aws_s3_bucket.if_exists.arn}/*"]
        Condition = {
          StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "if_exists" {}

data "aws_region" "if_exists" {}
