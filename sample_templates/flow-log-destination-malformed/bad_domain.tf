# The bucket's domain stands where its ARN belongs.

resource "aws_vpc" "bad_domain" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_domain" {
  vpc_id               = aws_vpc.bad_domain.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_domain.bucket_domain_name # expect: flow-log-destination-malformed
}

resource "aws_s3_bucket" "bad_domain" {
  bucket = "acme-bad-domain"
}
