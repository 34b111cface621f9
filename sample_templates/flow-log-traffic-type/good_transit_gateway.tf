# Terraform's provider leaves the traffic type of a transit gateway out.

resource "aws_ec2_transit_gateway" "good_transit_gateway_transit_gateway" {
  description = "between the offices"
}

resource "aws_flow_log" "good_transit_gateway_transit_gateway" {
  transit_gateway_id       = aws_ec2_transit_gateway.good_transit_gateway_transit_gateway.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.good_transit_gateway_logs_transit_gateway.arn
  traffic_type             = "ALL"
  max_aggregation_interval = 60
}

resource "aws_s3_bucket" "good_transit_gateway_logs_transit_gateway" {
  bucket = "acme-traffic-tgw"
}
