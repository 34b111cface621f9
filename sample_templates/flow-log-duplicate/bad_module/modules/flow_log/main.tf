# One flow log of a VPC.

variable "vpc_id" {
  type = string
}

variable "log_group_arn" {
  type = string
}

variable "role_arn" {
  type = string
}

resource "aws_flow_log" "this" { # expect: flow-log-duplicate
  vpc_id               = var.vpc_id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = var.log_group_arn
  iam_role_arn         = var.role_arn
}
