# The provider tags everything that it creates.

provider "aws" {
  alias = "tagged"

  default_tags {
    tags = {
      LogDeliveryEnabled = "true"
    }
  }
}

resource "aws_vpc" "default_tags" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "default_tags" {
  provider = aws.tagged

  vpc_id               = aws_vpc.default_tags.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.default_tags.arn
}

resource "aws_kinesis_firehose_delivery_stream" "default_tags" {
  provider = aws.tagged

  name        = "acme-tag-default"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.default_tags.arn
    bucket_arn = aws_s3_bucket.default_tags.arn
  }
}

resource "aws_s3_bucket" "default_tags" {
  provider = aws.tagged
  bucket   = "acme-tag-default"
}

resource "aws_iam_role" "default_tags" {
  name = "acme-tag-default"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "default_tags" {
  name = "write-records"
  role = aws_iam_role.default_tags.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.default_tags.arn, "${aws_s3_bucket.default_tags.arn}/*"]
      }
    ]
  })
}
