# A transit gateway's flow log with 60 seconds.

resource "aws_ec2_transit_gateway" "good" {
  description = "between the offices"
}

resource "aws_flow_log" "good" {
  transit_gateway_id       = aws_ec2_transit_gateway.good.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.good_logs_good.arn
  max_aggregation_interval = 60
}

resource "aws_s3_bucket" "good_logs_good" {
  bucket = "acme-interval-good"
}
