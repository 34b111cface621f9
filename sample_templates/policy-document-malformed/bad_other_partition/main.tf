# The load balancers' account is written as in the commercial partition; GovCloud knows nobody there.

provider "aws" {
  region = "us-gov-west-1"
}

data "aws_caller_identity" "current" {}

resource "aws_vpc" "other_partition" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "other_partition" {
  vpc_id               = aws_vpc.other_partition.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.other_partition.arn

  depends_on = [aws_s3_bucket_policy.other_partition]
}

resource "aws_s3_bucket" "other_partition" {
  bucket = "acme-document-other-partition"
}

resource "aws_s3_bucket_policy" "other_partition" {
  bucket = aws_s3_bucket.other_partition.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.other_partition.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/vpcflowlogs/*"
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.other_partition.arn
      },
      {
        Sid       = "LoadBalancers"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::048591011584:root" } # expect: policy-document-malformed
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.other_partition.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/elasticloadbalancing/*"
      },
    ]
  })
}
