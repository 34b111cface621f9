# The VPC is a variable that nobody gives.

variable "null_vpc_id" {
  type    = string
  default = null
}

resource "aws_vpc" "bad_null" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_null" { # expect: flow-log-watched-resource
  vpc_id               = var.null_vpc_id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_null.arn
}

resource "aws_s3_bucket" "bad_null" {
  bucket = "acme-watched-bad-null"
}
