# Without a destination from outside, the flow log falls back to the bucket made here.

variable "central_bucket_arn" {
  type    = string
  default = null
}

resource "aws_vpc" "coalesce" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "coalesce" {
  vpc_id               = aws_vpc.coalesce.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = coalesce(var.central_bucket_arn, aws_s3_bucket.coalesce.arn)

  depends_on = [aws_s3_bucket_policy.coalesce]
}

resource "aws_s3_bucket" "coalesce" {
  bucket = "acme-destination-coalesce"
}

resource "aws_s3_bucket_policy" "coalesce" {
  bucket = aws_s3_bucket.coalesce.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.coalesce.arn}/AWSLogs/${data.aws_caller_identity.coalesce.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.coalesce.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.coalesce.region}:${data.aws_caller_identity.coalesce.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.coalesce.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.coalesce.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.coalesce.region}:${data.aws_caller_identity.coalesce.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "coalesce" {}

data "aws_region" "coalesce" {}
