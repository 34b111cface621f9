# The variable's default is too much for a transit gateway.

resource "aws_ec2_transit_gateway" "bad_variable" {
  description = "between the offices"
}

resource "aws_flow_log" "bad_variable" {
  transit_gateway_id       = aws_ec2_transit_gateway.bad_variable.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.bad_variable.arn
  max_aggregation_interval = var.bad_variable # expect: flow-log-aggregation-interval
}

resource "aws_s3_bucket" "bad_variable" {
  bucket = "acme-interval-variable"
}

variable "bad_variable" {
  type    = number
  default = 600
}
