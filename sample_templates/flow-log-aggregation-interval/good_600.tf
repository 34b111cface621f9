# A VPC's flow log takes 600 seconds.

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id                   = aws_vpc.main.id
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.logs.arn
  traffic_type             = "ALL"
  max_aggregation_interval = "600"
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-interval-good-600"
}
