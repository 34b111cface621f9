# A transit gateway's flow log takes 60 seconds only, and Terraform sends 600 if none is written.

resource "aws_ec2_transit_gateway" "main" {
  description = "between the offices"
}

resource "aws_flow_log" "main" { # expect: flow-log-aggregation-interval
  transit_gateway_id   = aws_ec2_transit_gateway.main.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-interval-bad"
}
