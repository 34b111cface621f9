# Log delivery sends the ACL bucket-owner-full-control; the policy wants another.

resource "aws_vpc" "acl_value" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "acl_value" {
  vpc_id               = aws_vpc.acl_value.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.acl_value.arn

  depends_on = [aws_s3_bucket_policy.acl_value]
}

resource "aws_s3_bucket" "acl_value" {
  bucket = "acme-refuses-acl-value"
}

resource "aws_s3_bucket_policy" "acl_value" {
  bucket = aws_s3_bucket.acl_value.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.acl_value.arn}/AWSLogs/${data.aws_caller_identity.acl_value.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "log-delivery-write"
            "aws:SourceAccount" = data.aws_caller_identity.acl_value.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.acl_value.region}:${data.aws_caller_identity.acl_value.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.acl_value.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.acl_value.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.acl_value.region}:${data.aws_caller_identity.acl_value.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "acl_value" {}

data "aws_region" "acl_value" {}
