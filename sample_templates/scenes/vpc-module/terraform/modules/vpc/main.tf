resource "aws_vpc" "this" {
  count = var.create_vpc ? 1 : 0

  region = var.region

  cidr_block           = var.cidr
  enable_dns_hostnames = true

  tags = merge({ Name = var.name }, var.tags)
}

locals {
  vpc_id = try(aws_vpc.this[0].id, "")
}
