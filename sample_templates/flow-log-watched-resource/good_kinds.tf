# Each argument names what it says: created here, looked up, literal, or one of two.

variable "kinds_vpc" {
  type    = bool
  default = true
}

resource "aws_vpc" "kinds" {
  cidr_block = "10.40.0.0/16"
}

data "aws_subnet" "kinds" {
  vpc_id = aws_vpc.kinds.id
}

locals {
  kinds = {
    vpc    = var.kinds_vpc ? aws_vpc.kinds.id : null
    subnet = var.kinds_vpc ? null : data.aws_subnet.kinds.id
  }
}

resource "aws_flow_log" "kinds_one_of_two" {
  vpc_id               = local.kinds.vpc
  subnet_id            = local.kinds.subnet
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.kinds.arn
}

resource "aws_flow_log" "kinds_subnet" {
  subnet_id            = data.aws_subnet.kinds.id
  traffic_type         = "REJECT"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.kinds.arn
}

resource "aws_flow_log" "kinds_attachment" {
  transit_gateway_attachment_id = "tgw-attach-0123456789abcdef0"
  max_aggregation_interval      = 60
  log_destination_type          = "s3"
  log_destination               = aws_s3_bucket.kinds.arn
}

resource "aws_s3_bucket" "kinds" {
  bucket = "acme-watched-kinds"
}
