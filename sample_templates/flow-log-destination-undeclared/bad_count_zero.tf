# By default the bucket is not created, but the flow log counts on it.

variable "create_log_bucket" {
  type    = bool
  default = false
}

resource "aws_vpc" "count_zero" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "count_zero" {
  vpc_id               = aws_vpc.count_zero.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.count_zero[0].arn # expect: flow-log-destination-undeclared

  depends_on = [aws_s3_bucket_policy.count_zero]
}

resource "aws_s3_bucket" "count_zero" {
  count = var.create_log_bucket ? 1 : 0

  bucket = "acme-undeclared-count-zero"
}

resource "aws_s3_bucket_policy" "count_zero" {
  count = var.create_log_bucket ? 1 : 0

  bucket = aws_s3_bucket.count_zero[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.count_zero[0].arn}/AWSLogs/${data.aws_caller_identity.count_zero.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.count_zero.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.count_zero.region}:${data.aws_caller_identity.count_zero.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.count_zero[0].arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.count_zero.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.count_zero.region}:${data.aws_caller_identity.count_zero.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "count_zero" {}

data "aws_region" "count_zero" {}
