# The tag comes from a local.

locals {
  delivery_tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_vpc" "merge_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "merge_good" {
  vpc_id               = aws_vpc.merge_good.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.merge_good.arn
}

resource "aws_kinesis_firehose_delivery_stream" "merge_good" {
  name        = "acme-tag-merge-good"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.merge_good.arn
    bucket_arn = aws_s3_bucket.merge_good.arn
  }

  tags = merge(local.delivery_tags, { Team = "network" })
}

resource "aws_s3_bucket" "merge_good" {
  bucket = "acme-tag-merge-good"
}

resource "aws_iam_role" "merge_good" {
  name = "acme-tag-merge-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "merge_good" {
  name = "write-records"
  role = aws_iam_role.merge_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.merge_good.arn, "${aws_s3_bucket.merge_good.arn}/*"]
      }
    ]
  })
}
