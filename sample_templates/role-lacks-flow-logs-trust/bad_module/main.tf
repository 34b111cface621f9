# The service's name that is handed to the role's module is wrong.

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
  name              = "/acme/vpc/trust-module-bad"
  retention_in_days = 90
}

module "role" {
  source = "./role"

  name    = "acme-trust-module-bad"
  service = "vpc.amazonaws.com"
}
