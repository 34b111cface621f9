# The field is called dstaddr.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad.arn
  traffic_type         = "ALL"
  log_format           = "$${version} $${srcaddr} $${dstadr} $${action}" # expect: flow-log-format-unknown-field
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-format-bad"
}
