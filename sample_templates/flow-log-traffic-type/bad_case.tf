# The three words are written in capitals.

resource "aws_vpc" "bad_case" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_case" {
  vpc_id               = aws_vpc.bad_case.id
  traffic_type         = "all" # expect: flow-log-traffic-type
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_case.arn
}

resource "aws_s3_bucket" "bad_case" {
  bucket = "acme-traffic-bad-case"
}
