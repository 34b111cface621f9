output "vpc_id" {
  value = try(aws_vpc.this[0].id, null)
}

output "vpc_flow_log_id" {
  value = try(aws_flow_log.this[0].id, null)
}

output "vpc_flow_log_destination_arn" {
  value = local.flow_log_destination_arn
}
