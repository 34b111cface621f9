# The bucket's own policy, in the way of provider version 3, lets log delivery in.

locals {
  inline_policy_bucket = "acme-refuses-inline-good"
}

resource "aws_vpc" "inline_policy" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "inline_policy" {
  eni_id               = "eni-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.inline_policy.arn
}

resource "aws_s3_bucket" "inline_policy" {
  bucket = local.inline_policy_bucket

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["s3:PutObject", "s3:GetBucketAcl"]
        Resource  = ["arn:aws:s3:::${local.inline_policy_bucket}", "arn:aws:s3:::${local.inline_policy_bucket}/*"]
      }
    ]
  })
}
