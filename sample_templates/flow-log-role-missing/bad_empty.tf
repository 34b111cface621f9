# An empty role ARN is no role: the provider does not send it.

variable "log_role_arn" {
  type    = string
  default = ""
}

resource "aws_vpc" "empty" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "empty" { # expect: flow-log-role-missing
  vpc_id               = aws_vpc.empty.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.empty.arn
  iam_role_arn         = var.log_role_arn
}

resource "aws_cloudwatch_log_group" "empty" {
  name              = "/acme/vpc/role-empty"
  retention_in_days = 90
}
