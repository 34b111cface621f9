# The module's policy grants the folder that it was given.

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${module.logs.arn}/network"

  depends_on = [module.logs]
}

module "logs" {
  source = "./modules/log_bucket"

  name   = "acme-refuses-module-good"
  folder = "network/"
}
