# The last day of the ignore is far away.

resource "aws_vpc" "good" {
  cidr_block = "10.20.0.0/16"
}

# predeploy: ignore[flow-log-bucket-missing] until=9999-12-31 the bucket follows
resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-central-not-expired"
}
