# A VPC has no transit gateway fields.

resource "aws_vpc" "bad_transit_gateway_transit_gateway" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_transit_gateway_transit_gateway" {
  vpc_id               = aws_vpc.bad_transit_gateway_transit_gateway.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_transit_gateway_logs_transit_gateway.arn
  traffic_type         = "ALL"
  log_format           = "$${version} $${tgw-id}" # expect: flow-log-format-unknown-field
}

resource "aws_s3_bucket" "bad_transit_gateway_logs_transit_gateway" {
  bucket = "acme-format-tgw"
}
