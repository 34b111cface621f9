# The module grants the ARN as it is given, without the streams.

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
  name              = "/acme/vpc/write-module-bad"
  retention_in_days = 90
}

module "role" {
  source = "./role"

  name      = "acme-write-module-bad"
  group_arn = aws_cloudwatch_log_group.main.arn
}
