# The ignore was to last for a year, and the year is over.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

# predeploy: ignore[flow-log-bucket-missing] until=2021-06-30 the bucket follows # expect: expired-ignore
resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-central-expired" # expect: flow-log-bucket-missing
}
