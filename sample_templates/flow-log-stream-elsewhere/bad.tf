# The stream lies in another region than the flow log.

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

resource "aws_vpc" "stream_elsewhere" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_kinesis_firehose_delivery_stream" "stream_elsewhere" {
  name        = "acme-stream-elsewhere"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/acme-firehose"
    bucket_arn = "arn:aws:s3:::acme-stream-archive"
  }

  tags = { LogDeliveryEnabled = "true" }
  provider = aws.us
}

resource "aws_flow_log" "stream_elsewhere" {
  vpc_id               = aws_vpc.stream_elsewhere.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.stream_elsewhere.arn # expect: flow-log-stream-elsewhere
}
