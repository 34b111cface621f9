# The names of condition keys are not case-sensitive.

resource "aws_vpc" "key_case" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "key_case" {
  vpc_id               = aws_vpc.key_case.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.key_case.arn

  depends_on = [aws_s3_bucket_policy.key_case]
}

resource "aws_s3_bucket" "key_case" {
  bucket = "acme-refuses-key-case"
}

resource "aws_s3_bucket_policy" "key_case" {
  bucket = aws_s3_bucket.key_case.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.key_case.arn}/AWSLogs/${data.aws_caller_identity.key_case.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "AWS:sourceaccount" = data.aws_caller_identity.key_case.account_id
          }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.key_case.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.key_case.account_id
          }
        }
      }
    ]
  })
}

data "aws_caller_identity" "key_case" {}
