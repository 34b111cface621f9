# The name is put together from locals; nothing here creates such a bucket.

locals {
  company         = "acme"
  stage           = "prod"
  log_bucket_name = "${local.company}-${local.stage}-central-logs"
}

resource "aws_vpc" "from_local" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "from_local" {
  vpc_id               = aws_vpc.from_local.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::${local.log_bucket_name}/vpc/" # expect: flow-log-bucket-missing
}
