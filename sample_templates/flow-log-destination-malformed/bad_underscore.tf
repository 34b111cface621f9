# A bucket name may not hold an underscore, so no such bucket can exist.

resource "aws_vpc" "underscore" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "underscore" {
  vpc_id               = aws_vpc.underscore.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme_flow_logs" # expect: flow-log-destination-malformed
}
