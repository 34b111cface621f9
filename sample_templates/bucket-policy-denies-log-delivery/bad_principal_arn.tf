# Everyone but one role is shut out.

resource "aws_vpc" "principal_arn" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "principal_arn" {
  vpc_id               = aws_vpc.principal_arn.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.principal_arn.arn

  depends_on = [aws_s3_bucket_policy.principal_arn]
}

resource "aws_s3_bucket" "principal_arn" {
  bucket = "acme-denies-principal-arn"
}

resource "aws_s3_bucket_policy" "principal_arn" {
  bucket = aws_s3_bucket.principal_arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.principal_arn.arn}/AWSLogs/${data.aws_caller_identity.principal_arn.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.principal_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.principal_arn.region}:${data.aws_caller_identity.principal_arn.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.principal_arn.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.principal_arn.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.principal_arn.region}:${data.aws_caller_identity.principal_arn.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.principal_arn.arn}/*"
        Condition = {
          ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::${data.aws_caller_identity.principal_arn.account_id}:role/archivist" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "principal_arn" {}

data "aws_region" "principal_arn" {}
