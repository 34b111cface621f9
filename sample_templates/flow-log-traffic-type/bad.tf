# A VPC's flow log needs a traffic type.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" { # expect: flow-log-traffic-type
  vpc_id               = aws_vpc.bad.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad.arn
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-traffic-bad"
}
