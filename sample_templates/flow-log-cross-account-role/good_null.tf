# The roles are variables, and neither is given.

variable "source_role_arn" {
  type    = string
  default = null
}

variable "destination_role_arn" {
  type    = string
  default = null
}

resource "aws_vpc" "null" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "null" {
  vpc_id                     = aws_vpc.null.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = aws_kinesis_firehose_delivery_stream.null.arn
  iam_role_arn               = var.source_role_arn
  deliver_cross_account_role = var.destination_role_arn
}

resource "aws_kinesis_firehose_delivery_stream" "null" {
  name        = "acme-cross-null"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.null.arn
    bucket_arn = aws_s3_bucket.null.arn
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_s3_bucket" "null" {
  bucket = "acme-cross-null"
}

resource "aws_iam_role" "null" {
  name = "acme-cross-null"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "null" {
  name = "write-records"
  role = aws_iam_role.null.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.null.arn, "${aws_s3_bucket.null.arn}/*"]
      }
    ]
  })
}
