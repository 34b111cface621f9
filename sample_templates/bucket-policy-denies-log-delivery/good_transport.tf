# Log delivery uses TLS, so these two refuse it nothing.

resource "aws_vpc" "transport" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "transport" {
  vpc_id               = aws_vpc.transport.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.transport.arn

  depends_on = [aws_s3_bucket_policy.transport]
}

resource "aws_s3_bucket" "transport" {
  bucket = "acme-denies-transport"
}

resource "aws_s3_bucket_policy" "transport" {
  bucket = aws_s3_bucket.transport.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.transport.arn}/AWSLogs/${data.aws_caller_identity.transport.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.transport.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.transport.region}:${data.aws_caller_identity.transport.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.transport.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.transport.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.transport.region}:${data.aws_caller_identity.transport.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.transport.arn}/*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "NoDeletion"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
        Resource  = "${aws_s3_bucket.transport.arn}/*"
      }
    ]
  })
}

data "aws_caller_identity" "transport" {}

data "aws_region" "transport" {}
