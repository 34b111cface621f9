# NotPrincipal shuts out everyone whom it does not list.

resource "aws_vpc" "not_principal" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "not_principal" {
  vpc_id               = aws_vpc.not_principal.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.not_principal.arn

  depends_on = [aws_s3_bucket_policy.not_principal]
}

resource "aws_s3_bucket" "not_principal" {
  bucket = "acme-denies-not-principal"
}

resource "aws_s3_bucket_policy" "not_principal" {
  bucket = aws_s3_bucket.not_principal.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.not_principal.arn}/AWSLogs/${data.aws_caller_identity.not_principal.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.not_principal.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.not_principal.region}:${data.aws_caller_identity.not_principal.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.not_principal.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.not_principal.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.not_principal.region}:${data.aws_caller_identity.not_principal.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid          = "Guard"
        Effect       = "Deny"
        NotPrincipal = { AWS = "arn:aws:iam::${data.aws_caller_identity.not_principal.account_id}:root" }
        Action       = "s3:PutObject"
        Resource     = "${aws_s3_bucket.not_principal.arn}/*"
      }
    ]
  })
}

data "aws_caller_identity" "not_principal" {}

data "aws_region" "not_principal" {}
