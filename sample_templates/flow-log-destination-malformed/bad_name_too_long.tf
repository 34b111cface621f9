# 64 characters are one more than a bucket's name may have.

resource "aws_vpc" "name_too_long" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "name_too_long" {
  vpc_id               = aws_vpc.name_too_long.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-flow-logs-flow-logs-flow-logs-flow-logs-flow-logs-archive12" # expect: flow-log-destination-malformed
}
