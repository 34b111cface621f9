# An empty destination is none: the provider does not send it.

variable "log_bucket_arn" {
  type    = string
  default = ""
}

resource "aws_vpc" "empty" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "empty" { # expect: flow-log-destination-missing
  vpc_id               = aws_vpc.empty.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = var.log_bucket_arn
}
