# CloudWatch Logs is written through a role, and none is given.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" { # expect: flow-log-role-missing
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.bad.arn
}

resource "aws_cloudwatch_log_group" "bad" {
  name              = "/acme/vpc/role-missing"
  retention_in_days = 90
}
