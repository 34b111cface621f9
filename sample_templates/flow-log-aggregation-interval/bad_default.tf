# A transit gateway's flow log takes 60 seconds only, and Terraform sends 600 if none is written.

resource "aws_ec2_transit_gateway" "bad_default" {
  description = "between the offices"
}

resource "aws_flow_log" "bad_default" { # expect: flow-log-aggregation-interval
  transit_gateway_id   = aws_ec2_transit_gateway.bad_default.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_default.arn
}

resource "aws_s3_bucket" "bad_default" {
  bucket = "acme-interval-default"
}
