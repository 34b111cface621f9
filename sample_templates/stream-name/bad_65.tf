# One character more than a name may have.

resource "aws_vpc" "stream_name_65" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_kinesis_firehose_delivery_stream" "stream_name_65" {
  name        = "acme-ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss" # expect: stream-name
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/acme-firehose"
    bucket_arn = "arn:aws:s3:::acme-stream-archive"
  }

  tags = { LogDeliveryEnabled = "true" }
}

resource "aws_flow_log" "stream_name_65" {
  vpc_id               = aws_vpc.stream_name_65.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.stream_name_65.arn
}
