# The tag must have the value true.

resource "aws_vpc" "value" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "value" {
  vpc_id               = aws_vpc.value.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.value.arn
}

resource "aws_kinesis_firehose_delivery_stream" "value" {
  name        = "acme-tag-value"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.value.arn
    bucket_arn = aws_s3_bucket.value.arn
  }

  tags = { # expect: stream-lacks-delivery-tag
    LogDeliveryEnabled = "false"
  }
}

resource "aws_s3_bucket" "value" {
  bucket = "acme-tag-value"
}

resource "aws_iam_role" "value" {
  name = "acme-tag-value"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "value" {
  name = "write-records"
  role = aws_iam_role.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.value.arn, "${aws_s3_bucket.value.arn}/*"]
      }
    ]
  })
}
