variable "create" {
  type    = bool
  default = true
}

variable "region" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = ""
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "transit_gateway_id" {
  type    = string
  default = null
}

variable "traffic_type" {
  type    = string
  default = "ALL"
}

variable "max_aggregation_interval" {
  type    = number
  default = null
}

variable "log_format" {
  type    = string
  default = null
}

variable "log_destination_type" {
  type    = string
  default = "cloud-watch-logs"
}

variable "log_destination" {
  type    = string
  default = null
}

variable "destination_options" {
  type = object({
    file_format                = optional(string)
    hive_compatible_partitions = optional(bool)
    per_hour_partition         = optional(bool)
  })
  default = null
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}

variable "cloudwatch_log_group_name" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "create_iam_role" {
  type    = bool
  default = true
}

variable "iam_role_arn" {
  type    = string
  default = null
}

variable "iam_role_permissions" {
  type = map(object({
    sid       = optional(string)
    actions   = optional(list(string))
    effect    = optional(string, "Allow")
    resources = optional(list(string))
  }))
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}
