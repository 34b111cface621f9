# The stream reads from a Kinesis data stream, so nobody can put records into it.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.bad.arn
}

resource "aws_kinesis_firehose_delivery_stream" "bad" {
  name        = "acme-direct-put-bad"
  destination = "extended_s3"

  kinesis_source_configuration { # expect: stream-not-direct-put
    kinesis_stream_arn = aws_kinesis_stream.bad.arn
    role_arn           = aws_iam_role.bad.arn
  }

  extended_s3_configuration {
    role_arn   = aws_iam_role.bad.arn
    bucket_arn = aws_s3_bucket.bad.arn
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-direct-put-bad"
}

resource "aws_iam_role" "bad" {
  name = "acme-direct-put-bad"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad" {
  name = "write-records"
  role = aws_iam_role.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.bad.arn, "${aws_s3_bucket.bad.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"]
        Resource = aws_kinesis_stream.bad.arn
      }
    ]
  })
}

resource "aws_kinesis_stream" "bad" {
  name = "acme-direct-put-source"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
