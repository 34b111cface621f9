variable "names" {
  type = set(string)
}

variable "retention_days" {
  type = number
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = var.names

  name              = "/network/${each.key}/flow-logs"
  retention_in_days = var.retention_days
}

output "log_group_arns" {
  value = { for name, group in aws_cloudwatch_log_group.this : name => group.arn }
}
