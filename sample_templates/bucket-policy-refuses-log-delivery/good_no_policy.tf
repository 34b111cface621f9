# Without a bucket policy AWS writes the two statements itself.

resource "aws_vpc" "no_policy" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_policy" {
  vpc_id               = aws_vpc.no_policy.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.no_policy.arn
}

resource "aws_s3_bucket" "no_policy" {
  bucket = "acme-refuses-no-policy"
}
