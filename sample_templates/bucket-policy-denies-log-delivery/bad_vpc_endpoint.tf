# Only one VPC endpoint may write; log delivery comes through none.

resource "aws_vpc" "vpc_endpoint" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "vpc_endpoint" {
  vpc_id               = aws_vpc.vpc_endpoint.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.vpc_endpoint.arn

  depends_on = [aws_s3_bucket_policy.vpc_endpoint]
}

resource "aws_s3_bucket" "vpc_endpoint" {
  bucket = "acme-denies-vpc-endpoint"
}

resource "aws_s3_bucket_policy" "vpc_endpoint" {
  bucket = aws_s3_bucket.vpc_endpoint.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.vpc_endpoint.arn}/AWSLogs/${data.aws_caller_identity.vpc_endpoint.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.vpc_endpoint.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.vpc_endpoint.region}:${data.aws_caller_identity.vpc_endpoint.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.vpc_endpoint.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.vpc_endpoint.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.vpc_endpoint.region}:${data.aws_caller_identity.vpc_endpoint.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.vpc_endpoint.arn}/*"
        Condition = {
          StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f67890" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "vpc_endpoint" {}

data "aws_region" "vpc_endpoint" {}
