# The type is written in capitals.

resource "aws_vpc" "bad_type" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_type" {
  vpc_id               = aws_vpc.bad_type.id
  traffic_type         = "ALL"
  log_destination_type = "S3" # expect: flow-log-destination-malformed
  log_destination      = aws_s3_bucket.bad_type.arn
}

resource "aws_s3_bucket" "bad_type" {
  bucket = "acme-bad-type"
}
