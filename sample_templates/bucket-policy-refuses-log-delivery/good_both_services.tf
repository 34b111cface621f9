# Several services share one statement.

resource "aws_vpc" "both_services" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "both_services" {
  vpc_id               = aws_vpc.both_services.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.both_services.arn

  depends_on = [aws_s3_bucket_policy.both_services]
}

resource "aws_s3_bucket" "both_services" {
  bucket = "acme-refuses-both-services"
}

resource "aws_s3_bucket_policy" "both_services" {
  bucket = aws_s3_bucket.both_services.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = ["delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com"] }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.both_services.arn}/AWSLogs/${data.aws_caller_identity.both_services.account_id}/*"
        Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = ["cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"] }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.both_services.arn
      }
    ]
  })
}

data "aws_caller_identity" "both_services" {}
