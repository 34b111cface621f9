# terraform.tfvars names a bucket that nothing here creates.

variable "log_bucket_name" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = join("", ["arn:aws:s3:::", var.log_bucket_name]) # expect: flow-log-bucket-missing
}
