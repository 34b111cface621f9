# A name of the characters that there are.

resource "aws_vpc" "stream_name_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_kinesis_firehose_delivery_stream" "stream_name_good" {
  name        = "acme_Flow-logs.1"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/acme-firehose"
    bucket_arn = "arn:aws:s3:::acme-stream-archive"
  }

  tags = { LogDeliveryEnabled = "true" }
}

resource "aws_flow_log" "stream_name_good" {
  vpc_id               = aws_vpc.stream_name_good.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.stream_name_good.arn
}
