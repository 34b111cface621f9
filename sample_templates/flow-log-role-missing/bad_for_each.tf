# Three flow logs go to one log group, none of them through a role.

variable "subnet_ids" {
  type = map(string)
  default = {
    a = "subnet-0a1b2c3d4e5f67890"
    b = "subnet-0b1c2d3e4f5a67890"
    c = "subnet-0c1d2e3f4a5b67890"
  }
}

resource "aws_flow_log" "each_subnet" { # expect: flow-log-role-missing # expect: flow-log-role-missing # expect: flow-log-role-missing
  for_each             = var.subnet_ids
  subnet_id            = each.value
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.each_subnet.arn
}

resource "aws_cloudwatch_log_group" "each_subnet" {
  name              = "/acme/subnets/role-missing"
  retention_in_days = 90
}
