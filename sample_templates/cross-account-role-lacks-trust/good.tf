# A stream of the same account takes no roles.

resource "aws_vpc" "good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.good.arn
}

resource "aws_kinesis_firehose_delivery_stream" "good" {
  name        = "acme-same-account-trust"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.good.arn
    bucket_arn = aws_s3_bucket.good.arn
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_s3_bucket" "good" {
  bucket = "acme-same-account-trust"
}

resource "aws_iam_role" "good" {
  name = "acme-same-account-trust"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "good" {
  name = "write-records"
  role = aws_iam_role.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.good.arn, "${aws_s3_bucket.good.arn}/*"]
      }
    ]
  })
}
