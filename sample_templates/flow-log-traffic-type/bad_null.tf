# A traffic type of null is none.

resource "aws_network_interface" "null" {
  subnet_id = var.subnet_id_null
}

variable "subnet_id_null" {
  type    = string
  default = "subnet-0a1b2c3d4e5f60718"
}

resource "aws_flow_log" "null" { # expect: flow-log-traffic-type
  eni_id               = aws_network_interface.null.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs_null.arn
  traffic_type         = var.traffic_type_null
}

resource "aws_s3_bucket" "logs_null" {
  bucket = "acme-traffic-null"
}

variable "traffic_type_null" {
  type    = string
  default = null
}
