# The stream has tags, but not the one.

resource "aws_vpc" "other_tags" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_tags" {
  vpc_id               = aws_vpc.other_tags.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.other_tags.arn
}

resource "aws_kinesis_firehose_delivery_stream" "other_tags" {
  name        = "acme-tag-other"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.other_tags.arn
    bucket_arn = aws_s3_bucket.other_tags.arn
  }

  tags = { # expect: stream-lacks-delivery-tag
    Environment = "prod"
    Team        = "network"
  }
}

resource "aws_s3_bucket" "other_tags" {
  bucket = "acme-tag-other"
}

resource "aws_iam_role" "other_tags" {
  name = "acme-tag-other"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "other_tags" {
  name = "write-records"
  role = aws_iam_role.other_tags.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.other_tags.arn, "${aws_s3_bucket.other_tags.arn}/*"]
      }
    ]
  })
}
