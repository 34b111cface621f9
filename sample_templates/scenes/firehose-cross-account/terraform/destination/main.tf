# The security account: the delivery stream, and the role that the sending account's role takes on.
provider "aws" {
  region = "us-east-1"

  allowed_account_ids = ["444455556666"]
}

variable "senders" {
  description = "The roles of the accounts that send flow logs"
  type        = list(string)
  default     = ["arn:aws:iam::111122223333:role/flow-logs-to-security"]
}

resource "aws_s3_bucket" "security" {
  bucket = "acme-security-landing"
}

resource "aws_iam_role" "firehose" {
  name = "central-flow-logs-firehose"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "firehose" {
  role = aws_iam_role.firehose.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:PutObject"]
      Resource = [aws_s3_bucket.security.arn, "${aws_s3_bucket.security.arn}/*"]
    }]
  })
}

resource "aws_kinesis_firehose_delivery_stream" "central" {
  name        = "central-flow-logs"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.firehose.arn
    bucket_arn = aws_s3_bucket.security.arn
  }

  tags = { LogDeliveryEnabled = "true" }
}

resource "aws_iam_role" "receiver" {
  name = "AWSLogDeliveryFirehoseCrossAccountRole-central"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.senders }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "receiver" {
  role = aws_iam_role.receiver.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:CreateServiceLinkedRole"
        Resource = "arn:aws:iam::*:role/aws-service-role/delivery.logs.amazonaws.com/AWSServiceRoleForLogDelivery"
      },
      {
        Effect   = "Allow"
        Action   = "firehose:TagDeliveryStream"
        Resource = aws_kinesis_firehose_delivery_stream.central.arn
      },
    ]
  })
}
