# A transit gateway's flow log takes 60 seconds only.

resource "aws_ec2_transit_gateway" "bad" {
  description = "between the offices"
}

resource "aws_flow_log" "bad" {
  transit_gateway_id       = aws_ec2_transit_gateway.bad.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.bad.arn
  max_aggregation_interval = 600 # expect: flow-log-aggregation-interval
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-interval-bad"
}
