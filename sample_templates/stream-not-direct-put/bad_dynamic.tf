# The source comes from a variable, and its default names one.

variable "source_stream_arn" {
  type    = string
  default = "arn:aws:kinesis:eu-west-1:111122223333:stream/acme-network"
}

resource "aws_vpc" "dynamic" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "dynamic" {
  vpc_id               = aws_vpc.dynamic.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.dynamic.arn
}

resource "aws_kinesis_firehose_delivery_stream" "dynamic" {
  name        = "acme-direct-put-dynamic"
  destination = "extended_s3"

  dynamic "kinesis_source_configuration" { # expect: stream-not-direct-put
    for_each = var.source_stream_arn == null ? [] : [var.source_stream_arn]

    content {
      kinesis_stream_arn = kinesis_source_configuration.value
      role_arn           = aws_iam_role.dynamic.arn
    }
  }

  extended_s3_configuration {
    role_arn   = aws_iam_role.dynamic.arn
    bucket_arn = aws_s3_bucket.dynamic.arn
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_s3_bucket" "dynamic" {
  bucket = "acme-direct-put-dynamic"
}

resource "aws_iam_role" "dynamic" {
  name = "acme-direct-put-dynamic"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "dynamic" {
  name = "write-records"
  role = aws_iam_role.dynamic.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.dynamic.arn, "${aws_s3_bucket.dynamic.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"]
        Resource = var.source_stream_arn
      }
    ]
  })
}
