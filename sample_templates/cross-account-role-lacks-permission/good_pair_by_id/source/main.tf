# The account of the VPC.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

locals {
  receiver = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-pair-by-id"
}

resource "aws_vpc" "main" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id                     = aws_vpc.main.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-pair-by-id"
  iam_role_arn               = aws_iam_role.sender.arn
  deliver_cross_account_role = local.receiver
}

resource "aws_iam_role" "sender" {
  name = "acme-pair-by-id-sender"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "sender" {
  role = aws_iam_role.sender.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.sender.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-*" }
        }
      },
      {
        Effect   = "Allow"
        Action   = "logs:*LogDelivery"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole*"
      },
    ]
  })
}
