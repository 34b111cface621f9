# AWS writes the AWSLogs folder itself; as a folder of one's own it is a reserved word.

resource "aws_vpc" "reserved" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "reserved" {
  vpc_id               = aws_vpc.reserved.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.reserved.arn}/AWSLogs/" # expect: flow-log-destination-malformed

  depends_on = [aws_s3_bucket_policy.reserved]
}

resource "aws_s3_bucket" "reserved" {
  bucket = "acme-malformed-reserved"
}

resource "aws_s3_bucket_policy" "reserved" {
  bucket = aws_s3_bucket.reserved.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.reserved.arn}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.reserved.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.reserved.region}:${data.aws_caller_identity.reserved.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.reserved.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.reserved.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.reserved.region}:${data.aws_caller_identity.reserved.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "reserved" {}

data "aws_region" "reserved" {}
