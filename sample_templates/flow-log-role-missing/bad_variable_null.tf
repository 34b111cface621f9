# The role is a variable whose default is null, and nobody sets it.

variable "flow_log_role_arn" {
  type    = string
  default = null
}

resource "aws_flow_log" "variable_null" { # expect: flow-log-role-missing
  eni_id               = "eni-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.variable_null.arn
  iam_role_arn         = var.flow_log_role_arn
}

resource "aws_cloudwatch_log_group" "variable_null" {
  name              = "/acme/eni/role-missing"
  retention_in_days = 90
}
