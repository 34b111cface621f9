# Each bucket has a name of its own.

resource "aws_vpc" "free" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "free" {
  vpc_id               = aws_vpc.free.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.free.arn
}

resource "aws_s3_bucket" "free" {
  bucket = "acme-name-free"
}

resource "aws_s3_bucket" "free_archive" {
  bucket = "acme-name-free-archive"
}
