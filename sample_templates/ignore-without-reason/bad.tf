# Nobody will know why this is ignored.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

# predeploy: ignore[flow-log-bucket-missing] # expect: ignore-without-reason
resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-central-mute" # expect: flow-log-bucket-missing
}
