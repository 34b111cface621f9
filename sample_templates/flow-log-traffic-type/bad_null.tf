# A traffic type of null is none.

resource "aws_network_interface" "bad_null_null" {
  subnet_id = var.bad_null_subnet_id_null
}

variable "bad_null_subnet_id_null" {
  type    = string
  default = "subnet-0a1b2c3d4e5f60718"
}

resource "aws_flow_log" "bad_null_null" {
  eni_id               = aws_network_interface.bad_null_null.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_null_logs_null.arn
  traffic_type         = var.bad_null_traffic_type_null # expect: flow-log-traffic-type
}

resource "aws_s3_bucket" "bad_null_logs_null" {
  bucket = "acme-traffic-null"
}

variable "bad_null_traffic_type_null" {
  type    = string
  default = null
}
