# ListBucket beside GetBucketAcl does no harm.

resource "aws_vpc" "list_bucket" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "list_bucket" {
  vpc_id               = aws_vpc.list_bucket.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.list_bucket.arn

  depends_on = [aws_s3_bucket_policy.list_bucket]
}

resource "aws_s3_bucket" "list_bucket" {
  bucket = "acme-refuses-list-bucket"
}

resource "aws_s3_bucket_policy" "list_bucket" {
  bucket = aws_s3_bucket.list_bucket.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.list_bucket.arn}/AWSLogs/${data.aws_caller_identity.list_bucket.account_id}/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.list_bucket.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.list_bucket.region}:${data.aws_caller_identity.list_bucket.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["s3:GetBucketAcl", "s3:ListBucket"]
        Resource  = aws_s3_bucket.list_bucket.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.list_bucket.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.list_bucket.region}:${data.aws_caller_identity.list_bucket.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "list_bucket" {}

data "aws_region" "list_bucket" {}
