# The tags come together from a local and a variable, but none of them is the one.

variable "more_tags" {
  type = map(string)
  default = {
    CostCentre = "4711"
  }
}

locals {
  tags = {
    Team = "network"
  }
}

resource "aws_vpc" "merge" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "merge" {
  vpc_id               = aws_vpc.merge.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.merge.arn
}

resource "aws_kinesis_firehose_delivery_stream" "merge" {
  name        = "acme-tag-merge"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.merge.arn
    bucket_arn = aws_s3_bucket.merge.arn
  }

  tags = merge(local.tags, var.more_tags) # expect: stream-lacks-delivery-tag
}

resource "aws_s3_bucket" "merge" {
  bucket = "acme-tag-merge"
}

resource "aws_iam_role" "merge" {
  name = "acme-tag-merge"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "merge" {
  name = "write-records"
  role = aws_iam_role.merge.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.merge.arn, "${aws_s3_bucket.merge.arn}/*"]
      }
    ]
  })
}
