# Without a type the flow log goes to CloudWatch Logs, which needs a role.

resource "aws_flow_log" "type_omitted" { # expect: flow-log-role-missing
  subnet_id       = "subnet-0a1b2c3d4e5f67890"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.type_omitted.arn
}

resource "aws_cloudwatch_log_group" "type_omitted" {
  name              = "/acme/subnet/role-missing"
  retention_in_days = 90
}
