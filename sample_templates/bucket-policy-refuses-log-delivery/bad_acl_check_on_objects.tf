# GetBucketAcl is an action on the bucket; the policy grants it on the objects.

resource "aws_vpc" "acl_check_on_objects" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "acl_check_on_objects" {
  vpc_id               = aws_vpc.acl_check_on_objects.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.acl_check_on_objects.arn

  depends_on = [aws_s3_bucket_policy.acl_check_on_objects]
}

resource "aws_s3_bucket" "acl_check_on_objects" {
  bucket = "acme-refuses-acl-check-on-objects"
}

resource "aws_s3_bucket_policy" "acl_check_on_objects" {
  bucket = aws_s3_bucket.acl_check_on_objects.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.acl_check_on_objects.arn}/AWSLogs/${data.aws_caller_identity.acl_check_on_objects.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.acl_check_on_objects.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.acl_check_on_objects.region}:${data.aws_caller_identity.acl_check_on_objects.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "${aws_s3_bucket.acl_check_on_objects.arn}/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.acl_check_on_objects.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.acl_check_on_objects.region}:${data.aws_caller_identity.acl_check_on_objects.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "acl_check_on_objects" {}

data "aws_region" "acl_check_on_objects" {}
