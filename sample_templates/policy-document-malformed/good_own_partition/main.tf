# The account of the load balancers in GovCloud, in the partition that this is deployed to.

provider "aws" {
  region = "us-gov-west-1"
}

data "aws_caller_identity" "current" {}

resource "aws_vpc" "own_partition" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "own_partition" {
  vpc_id               = aws_vpc.own_partition.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.own_partition.arn

  depends_on = [aws_s3_bucket_policy.own_partition]
}

resource "aws_s3_bucket" "own_partition" {
  bucket = "acme-document-own-partition"
}

resource "aws_s3_bucket_policy" "own_partition" {
  bucket = aws_s3_bucket.own_partition.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.own_partition.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/vpcflowlogs/*"
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.own_partition.arn
      },
      {
        Sid       = "LoadBalancers"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws-us-gov:iam::048591011584:root" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.own_partition.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/elasticloadbalancing/*"
      },
    ]
  })
}
