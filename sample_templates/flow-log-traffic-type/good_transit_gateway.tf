# Terraform's provider leaves the traffic type of a transit gateway out.

resource "aws_ec2_transit_gateway" "main" {
  description = "between the offices"
}

resource "aws_flow_log" "main" {
  transit_gateway_id       = aws_ec2_transit_gateway.main.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.logs.arn
  traffic_type             = "ALL"
  max_aggregation_interval = 60
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-traffic-tgw"
}
