# The bucket's ARN comes out of a local module.

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = module.log_bucket.bucket_arn

  depends_on = [module.log_bucket]
}

module "log_bucket" {
  source = "./log_bucket"
  name   = "acme-undeclared-module-good"
}
