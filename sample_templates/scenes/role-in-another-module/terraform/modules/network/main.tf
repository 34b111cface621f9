variable "cidr_block" {
  type = string
}

variable "flow_log" {
  type = object({
    log_group_arn = string
    role_arn      = string
    traffic_type  = optional(string, "ALL")
  })
}

resource "aws_vpc" "this" {
  cidr_block = var.cidr_block
}

resource "aws_flow_log" "this" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = var.flow_log.traffic_type
  log_destination_type = "cloud-watch-logs"
  log_destination      = var.flow_log.log_group_arn
  iam_role_arn         = var.flow_log.role_arn
}
