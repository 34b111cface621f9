# The account of the VPC: its flow log goes to the security account's delivery stream, through a role here
# and a role there.
provider "aws" {
  region = "us-east-1"

  allowed_account_ids = ["111122223333"]
}

locals {
  security_account_id = "444455556666"

  stream_arn             = "arn:aws:firehose:us-east-1:${local.security_account_id}:deliverystream/central-flow-logs"
  cross_account_role_arn = "arn:aws:iam::${local.security_account_id}:role/AWSLogDeliveryFirehoseCrossAccountRole-central"
}

data "aws_caller_identity" "current" {}

resource "aws_vpc" "this" {
  cidr_block = "10.130.0.0/16"
}

resource "aws_iam_role" "sender" {
  name = "flow-logs-to-security"

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
          StringLike   = { "iam:AssociatedResourceARN" = [aws_vpc.this.arn] }
        }
      },
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:GetLogDelivery",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = local.cross_account_role_arn
      },
    ]
  })
}

resource "aws_flow_log" "central" {
  vpc_id                     = aws_vpc.this.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = local.stream_arn
  iam_role_arn               = aws_iam_role.sender.arn
  deliver_cross_account_role = local.cross_account_role_arn
}
