# By default the one bucket is created.

variable "create_flow_log_bucket" {
  type    = bool
  default = true
}

resource "aws_vpc" "count_one" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "count_one" {
  vpc_id               = aws_vpc.count_one.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.count_one[0].arn

  depends_on = [aws_s3_bucket_policy.count_one]
}

resource "aws_s3_bucket" "count_one" {
  count = var.create_flow_log_bucket ? 1 : 0

  bucket = "acme-undeclared-count-one"
}

resource "aws_s3_bucket_policy" "count_one" {
  count = var.create_flow_log_bucket ? 1 : 0

  bucket = aws_s3_bucket.count_one[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.count_one[0].arn}/AWSLogs/${data.aws_caller_identity.count_one.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.count_one.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.count_one.region}:${data.aws_caller_identity.count_one.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.count_one[0].arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.count_one.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.count_one.region}:${data.aws_caller_identity.count_one.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "count_one" {}

data "aws_region" "count_one" {}
