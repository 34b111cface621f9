# Each partition has names of its own.
provider "aws" {
  region              = "cn-north-1"
  allowed_account_ids = ["444455556666"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-name-other-partition"
}
