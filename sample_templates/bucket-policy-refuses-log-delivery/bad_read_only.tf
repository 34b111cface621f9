# Log delivery may list and read; it has to write.

resource "aws_vpc" "read_only" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "read_only" {
  vpc_id               = aws_vpc.read_only.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.read_only.arn

  depends_on = [aws_s3_bucket_policy.read_only]
}

resource "aws_s3_bucket" "read_only" {
  bucket = "acme-refuses-read-only"
}

resource "aws_s3_bucket_policy" "read_only" {
  bucket = aws_s3_bucket.read_only.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = "${aws_s3_bucket.read_only.arn}/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.read_only.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.read_only.region}:${data.aws_caller_identity.read_only.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.read_only.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.read_only.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.read_only.region}:${data.aws_caller_identity.read_only.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "read_only" {}

data "aws_region" "read_only" {}
