# A VPC's flow log takes 600 seconds.

resource "aws_vpc" "good_600" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good_600" {
  vpc_id                   = aws_vpc.good_600.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.good_600_good_logs_600.arn
  traffic_type             = "ALL"
  max_aggregation_interval = "600"
}

resource "aws_s3_bucket" "good_600_good_logs_600" {
  bucket = "acme-interval-good-600"
}
