# It watches nothing.

resource "aws_vpc" "bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad" { # expect: flow-log-watched-resource
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad.arn
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-watched-bad"
}
