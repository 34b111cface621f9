# A subnet's ID stands where a VPC's belongs.

resource "aws_subnet" "kind" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.40.1.0/24"
}

resource "aws_flow_log" "kind" {
  vpc_id               = aws_subnet.kind.id # expect: flow-log-watched-resource
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.kind.arn
}

resource "aws_s3_bucket" "kind" {
  bucket = "acme-watched-kind"
}
