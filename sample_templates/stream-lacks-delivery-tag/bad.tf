# AWS adds the tag LogDeliveryEnabled, and the next apply takes it off again.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.bad.arn
}

resource "aws_kinesis_firehose_delivery_stream" "bad" { # expect: stream-lacks-delivery-tag
  name        = "acme-tag-bad"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.bad.arn
    bucket_arn = aws_s3_bucket.bad.arn
  }
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-tag-bad"
}

resource "aws_iam_role" "bad" {
  name = "acme-tag-bad"
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
      }
    ]
  })
}
