# A VPC's flow log with a traffic type.

resource "aws_vpc" "good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good_logs_good.arn
  traffic_type         = "REJECT"
}

resource "aws_s3_bucket" "good_logs_good" {
  bucket = "acme-traffic-good"
}
