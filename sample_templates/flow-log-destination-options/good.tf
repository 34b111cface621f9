# Terraform fills in the options that are left out.

resource "aws_vpc" "good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good.arn

  destination_options {
    file_format = "parquet"
  }
}

resource "aws_s3_bucket" "good" {
  bucket = "acme-options-good"
}
