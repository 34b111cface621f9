# The source comes from a variable, and none is given.

variable "no_source_stream_arn" {
  type    = string
  default = null
}

resource "aws_vpc" "no_source" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_source" {
  vpc_id               = aws_vpc.no_source.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.no_source.arn
}

resource "aws_kinesis_firehose_delivery_stream" "no_source" {
  name        = "acme-direct-put-no-source"
  destination = "extended_s3"

  dynamic "kinesis_source_configuration" {
    for_each = var.no_source_stream_arn == null ? [] : [var.no_source_stream_arn]

    content {
      kinesis_stream_arn = kinesis_source_configuration.value
      role_arn           = aws_iam_role.no_source.arn
    }
  }

  extended_s3_configuration {
    role_arn   = aws_iam_role.no_source.arn
    bucket_arn = aws_s3_bucket.no_source.arn
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_s3_bucket" "no_source" {
  bucket = "acme-direct-put-no-source"
}

resource "aws_iam_role" "no_source" {
  name = "acme-direct-put-no-source"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_source" {
  name = "write-records"
  role = aws_iam_role.no_source.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.no_source.arn, "${aws_s3_bucket.no_source.arn}/*"]
      }
    ]
  })
}
