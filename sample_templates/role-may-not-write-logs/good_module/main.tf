# The module grants the streams of the group that it is given.

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
  name              = "/acme/vpc/write-module-good"
  retention_in_days = 90
}

module "role" {
  source = "./role"

  name      = "acme-write-module-good"
  group_arn = aws_cloudwatch_log_group.main.arn
}
