# Everything right: a VPC, its subnets and an interface, with flow logs to S3 and to CloudWatch Logs.
variable "name" {
  type    = string
  default = "acme-reporting"
}

variable "subnets" {
  type = map(string)
  default = {
    app  = "10.60.1.0/24"
    data = "10.60.2.0/24"
  }
}

resource "aws_vpc" "this" {
  cidr_block = "10.60.0.0/16"
  tags       = { Name = var.name }
}

resource "aws_subnet" "this" {
  for_each = var.subnets

  vpc_id     = aws_vpc.this.id
  cidr_block = each.value
}

resource "aws_network_interface" "appliance" {
  subnet_id = aws_subnet.this["app"].id
}

module "log_bucket" {
  source = "./modules/log_bucket"

  name = "${var.name}-flow-logs"
}

resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${module.log_bucket.arn}/vpc"

  destination_options {
    file_format                = "parquet"
    hive_compatible_partitions = true
  }

  depends_on = [module.log_bucket]
}

module "subnet_flow_log" {
  source   = "./modules/flow_log"
  for_each = aws_subnet.this

  name      = "/${var.name}/${each.key}"
  subnet_id = each.value.id
}

module "appliance_flow_log" {
  source = "./modules/flow_log"

  name   = "/${var.name}/appliance"
  eni_id = aws_network_interface.appliance.id
}
