# The name is a variable's default; nothing here creates such a bucket.

variable "archive_bucket" {
  type    = string
  default = "acme-log-archive-eu"
}

data "aws_partition" "format" {}

resource "aws_flow_log" "format" {
  subnet_id            = "subnet-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = format("arn:%s:s3:::%s", data.aws_partition.format.partition, var.archive_bucket) # expect: flow-log-bucket-missing
}
