# Only 60 and 600 seconds are allowed.

resource "aws_vpc" "bad_59" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_59" {
  vpc_id                   = aws_vpc.bad_59.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.bad_59.arn
  traffic_type             = "ALL"
  max_aggregation_interval = 59 # expect: flow-log-aggregation-interval
}

resource "aws_s3_bucket" "bad_59" {
  bucket = "acme-interval-59"
}
