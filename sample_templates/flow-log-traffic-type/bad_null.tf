# A traffic type of null is none.

resource "aws_network_interface" "main" {
  subnet_id = var.subnet_id
}

variable "subnet_id" {
  type    = string
  default = "subnet-0a1b2c3d4e5f60718"
}

resource "aws_flow_log" "main" { # expect: flow-log-traffic-type
  eni_id               = aws_network_interface.main.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  traffic_type         = var.traffic_type
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-traffic-null"
}

variable "traffic_type" {
  type    = string
  default = null
}
