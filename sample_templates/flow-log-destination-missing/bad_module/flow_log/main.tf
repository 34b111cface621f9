variable "vpc_id" {
  type = string
}

variable "role_arn" {
  type = string
}

variable "destination_arn" {
  type    = string
  default = null
}

resource "aws_flow_log" "this" { # expect: flow-log-destination-missing
  vpc_id          = var.vpc_id
  traffic_type    = "ALL"
  iam_role_arn    = var.role_arn
  log_destination = var.destination_arn
}
