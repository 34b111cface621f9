# The bucket is here now, so nothing needs the ignore any more.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

# predeploy: ignore[flow-log-bucket-missing] the platform team creates the bucket # expect: unused-ignore
resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad.arn
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-unused-bad"
}
