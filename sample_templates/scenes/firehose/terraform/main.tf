# Flow logs to Data Firehose in the same account: Direct PUT, and the tag that lets log delivery in.
provider "aws" {
  region = "us-east-2"
}

variable "tags" {
  type    = map(string)
  default = { Team = "detection" }
}

resource "aws_vpc" "this" {
  cidr_block = "10.100.0.0/16"
}

resource "aws_s3_bucket" "siem" {
  bucket = "acme-siem-landing"
}

data "aws_iam_policy_document" "firehose_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "firehose" {
  name               = "siem-firehose"
  assume_role_policy = data.aws_iam_policy_document.firehose_trust.json
}

resource "aws_iam_role_policy" "firehose" {
  role = aws_iam_role.firehose.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:PutObject"]
      Resource = [aws_s3_bucket.siem.arn, "${aws_s3_bucket.siem.arn}/*"]
    }]
  })
}

resource "aws_kinesis_firehose_delivery_stream" "siem" {
  name        = "siem-flow-logs"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn           = aws_iam_role.firehose.arn
    bucket_arn         = aws_s3_bucket.siem.arn
    prefix             = "flow-logs/"
    compression_format = "GZIP"
  }

  server_side_encryption {
    enabled = true
  }

  tags = merge(var.tags, { LogDeliveryEnabled = "true" })
}

resource "aws_flow_log" "siem" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.siem.arn
}
