# The role's module is told to trust flow logs.

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.main.arn
  iam_role_arn         = module.role.arn
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/acme/vpc/trust-module-good"
  retention_in_days = 90
}

module "role" {
  source = "./role"

  name    = "acme-trust-module-good"
  service = "vpc-flow-logs.amazonaws.com"
}
