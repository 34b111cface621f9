# Both buckets are called alike: whichever comes second cannot be created.

resource "aws_vpc" "taken" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "taken" {
  vpc_id               = aws_vpc.taken.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.taken.arn
}

resource "aws_s3_bucket" "taken" { # expect: bucket-name-taken
  bucket = "acme-name-taken"
}

resource "aws_s3_bucket" "taken_archive" {
  bucket = "acme-name-taken"
}
