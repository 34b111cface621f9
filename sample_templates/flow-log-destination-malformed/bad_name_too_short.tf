# 2 characters are one less than a bucket's name must have.

resource "aws_vpc" "name_too_short" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "name_too_short" {
  vpc_id               = aws_vpc.name_too_short.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::vl" # expect: flow-log-destination-malformed
}
