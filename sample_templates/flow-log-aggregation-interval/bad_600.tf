# A transit gateway's flow log takes 60 seconds only.

resource "aws_ec2_transit_gateway" "main" {
  description = "between the offices"
}

resource "aws_flow_log" "main" {
  transit_gateway_id       = aws_ec2_transit_gateway.main.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.logs.arn
  max_aggregation_interval = var.interval # expect: flow-log-aggregation-interval
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-interval-600"
}

variable "interval" {
  type    = number
  default = 600
}
