# It watches a VPC or a subnet, never both.

variable "either_subnet_id" {
  type    = string
  default = null
}

resource "aws_vpc" "good_either" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "good_either" {
  vpc_id               = var.either_subnet_id == null ? "vpc-0123456789abcdef0" : null
  subnet_id            = var.either_subnet_id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good_either.arn
}

resource "aws_s3_bucket" "good_either" {
  bucket = "acme-watched-good-either"
}
