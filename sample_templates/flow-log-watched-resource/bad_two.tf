# It watches two things.

resource "aws_vpc" "bad_two" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_two" {
  vpc_id               = "vpc-0123456789abcdef0"
  subnet_id            = "subnet-0123456789abcdef0" # expect: flow-log-watched-resource
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_two.arn
}

resource "aws_s3_bucket" "bad_two" {
  bucket = "acme-watched-bad-two"
}
