# Flow logs of a transit gateway do not take in Connect attachments.

resource "aws_ec2_transit_gateway_connect" "connect" {
  transport_attachment_id = "tgw-attach-0a1b2c3d4e5f60718"
  transit_gateway_id      = "tgw-0a1b2c3d4e5f60718"
}

resource "aws_s3_bucket" "connect" {
  bucket = "acme-watched-connect"
}

resource "aws_flow_log" "connect" {
  transit_gateway_attachment_id = aws_ec2_transit_gateway_connect.connect.id # expect: flow-log-watched-resource
  max_aggregation_interval      = 60
  log_destination_type          = "s3"
  log_destination               = aws_s3_bucket.connect.arn
}
