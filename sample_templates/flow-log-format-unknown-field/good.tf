# Every field is documented.

resource "aws_vpc" "good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good_logs_good.arn
  traffic_type         = "ALL"
  log_format           = join(" ", [for f in ["version", "srcaddr", "dstaddr", "reject-reason"] : "$${${f}}"])
}

resource "aws_s3_bucket" "good_logs_good" {
  bucket = "acme-format-good"
}
