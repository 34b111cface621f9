variable "organization" {
  type    = string
  default = "acme"
}

variable "stage" {
  type = string
}

variable "region" {
  type = string
}

variable "networks" {
  description = "The networks by name; only an archived network's folder is opened in the log archive."
  type = map(object({
    cidr_block     = string
    archived       = optional(bool, true)
    retention_days = optional(number, 30)
  }))
}
