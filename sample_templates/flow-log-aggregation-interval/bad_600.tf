# A transit gateway's flow log takes 60 seconds only.

resource "aws_ec2_transit_gateway" "bad_600" {
  description = "between the offices"
}

resource "aws_flow_log" "bad_600" {
  transit_gateway_id       = aws_ec2_transit_gateway.bad_600.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.bad_600_logs_600.arn
  max_aggregation_interval = var.bad_600_interval_600 # expect: flow-log-aggregation-interval
}

resource "aws_s3_bucket" "bad_600_logs_600" {
  bucket = "acme-interval-600"
}

variable "bad_600_interval_600" {
  type    = number
  default = 600
}
