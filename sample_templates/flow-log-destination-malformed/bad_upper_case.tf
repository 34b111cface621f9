# A bucket name may not hold capitals, so no such bucket can exist.

resource "aws_vpc" "upper_case" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "upper_case" {
  vpc_id               = aws_vpc.upper_case.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::Acme-Flow-Logs" # expect: flow-log-destination-malformed
}
