# The bucket is named in the partition of the public regions, and this is deployed to GovCloud.

provider "aws" {
  region = "us-gov-west-1"
}

resource "aws_vpc" "gov_partition" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "gov_partition" {
  bucket = "acme-gov-partition"
}

resource "aws_s3_bucket_policy" "gov_partition" {
  bucket = aws_s3_bucket.gov_partition.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.gov_partition.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.gov_partition.arn
      },
    ]
  })
}

resource "aws_flow_log" "gov_partition" {
  vpc_id               = aws_vpc.gov_partition.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-gov-partition" # expect: flow-log-destination-malformed
  depends_on           = [aws_s3_bucket_policy.gov_partition]
}
