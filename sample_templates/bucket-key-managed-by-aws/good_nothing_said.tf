# A bucket that says nothing of encryption has SSE-S3.

resource "aws_vpc" "nothing_said" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "nothing_said" {
  vpc_id               = aws_vpc.nothing_said.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.nothing_said.arn

  depends_on = [aws_s3_bucket_policy.nothing_said]
}

resource "aws_s3_bucket" "nothing_said" {
  bucket = "acme-managed-key-nothing-said"
}

resource "aws_s3_bucket_policy" "nothing_said" {
  bucket = aws_s3_bucket.nothing_said.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.nothing_said.arn}/AWSLogs/${data.aws_caller_identity.nothing_said.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.nothing_said.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.nothing_said.region}:${data.aws_caller_identity.nothing_said.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.nothing_said.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.nothing_said.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.nothing_said.region}:${data.aws_caller_identity.nothing_said.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "nothing_said" {}

data "aws_region" "nothing_said" {}
