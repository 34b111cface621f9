# There is a bucket for prod and one for dev, none for test.

resource "aws_vpc" "for_each_key" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "for_each_key" {
  vpc_id               = aws_vpc.for_each_key.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.for_each_key["test"].arn # expect: flow-log-destination-undeclared

  depends_on = [aws_s3_bucket_policy.for_each_key]
}

resource "aws_s3_bucket" "for_each_key" {
  for_each = toset(["prod", "dev"])
  bucket   = "acme-undeclared-${each.key}"
}

resource "aws_s3_bucket_policy" "for_each_key" {
  for_each = aws_s3_bucket.for_each_key

  bucket = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${each.value.arn}/AWSLogs/${data.aws_caller_identity.for_each_key.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.for_each_key.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.for_each_key.region}:${data.aws_caller_identity.for_each_key.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = each.value.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.for_each_key.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.for_each_key.region}:${data.aws_caller_identity.for_each_key.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "for_each_key" {}

data "aws_region" "for_each_key" {}
