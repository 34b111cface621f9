# A network interface's ID stands where a subnet's belongs.

resource "aws_flow_log" "literal_kind" {
  subnet_id            = "eni-0123456789abcdef0" # expect: flow-log-watched-resource
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.literal_kind.arn
}

resource "aws_s3_bucket" "literal_kind" {
  bucket = "acme-watched-literal-kind"
}
