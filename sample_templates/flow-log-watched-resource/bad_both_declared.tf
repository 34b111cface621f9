# It watches a VPC and a subnet, both of which are created here.

resource "aws_vpc" "both" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_subnet" "both" {
  vpc_id     = aws_vpc.both.id
  cidr_block = "10.40.1.0/24"
}

resource "aws_flow_log" "both" {
  vpc_id               = aws_vpc.both.id
  subnet_id            = aws_subnet.both.id # expect: flow-log-watched-resource
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.both.arn
}

resource "aws_s3_bucket" "both" {
  bucket = "acme-watched-both"
}
