# Two layers of encryption need a key of one's own just as one does.

resource "aws_vpc" "dsse" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "dsse" {
  vpc_id               = aws_vpc.dsse.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.dsse.arn

  depends_on = [aws_s3_bucket_policy.dsse]
}

resource "aws_s3_bucket" "dsse" {
  bucket = "acme-managed-key-dsse"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dsse" {
  bucket = aws_s3_bucket.dsse.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms:dsse" # expect: bucket-key-managed-by-aws
    }
  }
}

resource "aws_s3_bucket_policy" "dsse" {
  bucket = aws_s3_bucket.dsse.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.dsse.arn}/AWSLogs/${data.aws_caller_identity.dsse.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.dsse.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.dsse.region}:${data.aws_caller_identity.dsse.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.dsse.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.dsse.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.dsse.region}:${data.aws_caller_identity.dsse.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "dsse" {}

data "aws_region" "dsse" {}
