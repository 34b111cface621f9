# Two resources write one bucket's policy, and the last one wins.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad.arn

  depends_on = [aws_s3_bucket_policy.bad, aws_s3_bucket_policy.bad_tls]
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-compete-bad"
}

resource "aws_s3_bucket_policy" "bad" {
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.bad.arn}/AWSLogs/${data.aws_caller_identity.bad.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.bad.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bad.region}:${data.aws_caller_identity.bad.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.bad.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.bad.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bad.region}:${data.aws_caller_identity.bad.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.bad.arn, "${aws_s3_bucket.bad.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

data "aws_caller_identity" "bad" {}

data "aws_region" "bad" {}

resource "aws_s3_bucket_policy" "bad_tls" { # expect: bucket-policies-compete
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "${aws_s3_bucket.bad.arn}/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
