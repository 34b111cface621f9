# Terraform leaves the tag alone that AWS adds.

resource "aws_vpc" "ignore_changes" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "ignore_changes" {
  vpc_id               = aws_vpc.ignore_changes.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.ignore_changes.arn
}

resource "aws_kinesis_firehose_delivery_stream" "ignore_changes" {
  name        = "acme-tag-ignore"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.ignore_changes.arn
    bucket_arn = aws_s3_bucket.ignore_changes.arn
  }

  lifecycle {
    ignore_changes = [tags, tags_all]
  }
}

resource "aws_s3_bucket" "ignore_changes" {
  bucket = "acme-tag-ignore"
}

resource "aws_iam_role" "ignore_changes" {
  name = "acme-tag-ignore"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "ignore_changes" {
  name = "write-records"
  role = aws_iam_role.ignore_changes.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.ignore_changes.arn, "${aws_s3_bucket.ignore_changes.arn}/*"]
      }
    ]
  })
}
