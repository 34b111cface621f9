# The policy waits for the flow log: AWS has written one of its own by then.

resource "aws_vpc" "after" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "after" {
  vpc_id               = aws_vpc.after.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.after.arn # expect: bucket-policy-unordered
}

resource "aws_s3_bucket" "after" {
  bucket = "acme-unordered-after"
}

resource "aws_s3_bucket_policy" "after" {
  depends_on = [aws_flow_log.after]

  bucket = aws_s3_bucket.after.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.after.arn}/AWSLogs/${data.aws_caller_identity.after.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.after.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.after.region}:${data.aws_caller_identity.after.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.after.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.after.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.after.region}:${data.aws_caller_identity.after.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.after.arn, "${aws_s3_bucket.after.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

data "aws_caller_identity" "after" {}

data "aws_region" "after" {}
