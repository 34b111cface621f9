# The policy waits for the flow log: AWS has written one of its own by then.

resource "aws_vpc" "bad_after_after" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_after_after" {
  vpc_id               = aws_vpc.bad_after_after.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_after_after.arn # expect: bucket-policy-unordered
}

resource "aws_s3_bucket" "bad_after_after" {
  bucket = "acme-unordered-after"
}

resource "aws_s3_bucket_policy" "bad_after_after" {
  depends_on = [aws_flow_log.bad_after_after]

  bucket = aws_s3_bucket.bad_after_after.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.bad_after_after.arn}/AWSLogs/${data.aws_caller_identity.bad_after_after.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.bad_after_after.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bad_after_after.region}:${data.aws_caller_identity.bad_after_after.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.bad_after_after.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.bad_after_after.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.bad_after_after.region}:${data.aws_caller_identity.bad_after_after.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.bad_after_after.arn, "${aws_s3_bucket.bad_after_after.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

data "aws_caller_identity" "bad_after_after" {}

data "aws_region" "bad_after_after" {}
