# The alias leads to the ARN of its key.

resource "aws_vpc" "target" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "target" {
  vpc_id               = aws_vpc.target.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.target.arn
  iam_role_arn         = aws_iam_role.target.arn
}

resource "aws_cloudwatch_log_group" "target" {
  name              = "/acme/vpc/key-not-arn-target"
  retention_in_days = 90
  kms_key_id        = aws_kms_alias.target.target_key_arn
}

resource "aws_iam_role" "target" {
  name = "acme-key-not-arn-target"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "target" {
  name = "write-flow-logs"
  role = aws_iam_role.target.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.target.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "target" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.target.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.target.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_kms_alias" "target" {
  name          = "alias/acme-target-logs"
  target_key_id = aws_kms_key.target.key_id
}

data "aws_caller_identity" "target" {}

data "aws_region" "target" {}
