# A delivery stream gets plain text only.

resource "aws_vpc" "bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.bad.arn

  destination_options { # expect: flow-log-destination-options
    file_format        = "parquet"
    per_hour_partition = true
  }
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-options-bad"
}

resource "aws_kinesis_firehose_delivery_stream" "bad" {
  name        = "acme-options-bad"
  destination = "http_endpoint"

  http_endpoint_configuration {
    url      = "https://logs.example.com/flow-logs"
    role_arn = "arn:aws:iam::111122223333:role/firehose-backup"

    s3_configuration {
      role_arn   = "arn:aws:iam::111122223333:role/firehose-backup"
      bucket_arn = aws_s3_bucket.bad.arn
    }
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}
