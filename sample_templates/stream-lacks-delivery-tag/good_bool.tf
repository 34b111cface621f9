# A tag's value is a text: Terraform makes one of true.

resource "aws_vpc" "bool" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bool" {
  vpc_id               = aws_vpc.bool.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.bool.arn
}

resource "aws_kinesis_firehose_delivery_stream" "bool" {
  name        = "acme-tag-bool"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.bool.arn
    bucket_arn = aws_s3_bucket.bool.arn
  }

  tags = {
    LogDeliveryEnabled = true
    Team               = "network"
  }
}

resource "aws_s3_bucket" "bool" {
  bucket = "acme-tag-bool"
}

resource "aws_iam_role" "bool" {
  name = "acme-tag-bool"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bool" {
  name = "write-records"
  role = aws_iam_role.bool.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.bool.arn, "${aws_s3_bucket.bool.arn}/*"]
      }
    ]
  })
}
