# The account of the delivery stream.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}

resource "aws_kinesis_firehose_delivery_stream" "main" {
  name        = "acme-pair-by-id"
  destination = "http_endpoint"

  http_endpoint_configuration {
    url      = "https://logs.example.com/flow-logs"
    role_arn = "arn:aws:iam::444455556666:role/firehose-backup"

    s3_configuration {
      role_arn   = "arn:aws:iam::444455556666:role/firehose-backup"
      bucket_arn = "arn:aws:s3:::acme-firehose-backup"
    }
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_iam_role" "receiver" {
  name = "AWSLogDeliveryFirehoseCrossAccountRole-pair-by-id"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/acme-pair-by-id-sender" }
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
        Resource = "arn:aws:firehose:*:444455556666:deliverystream/*"
      },
    ]
  })
}
