# The name of an alias is no ARN.

resource "aws_vpc" "alias" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "alias" {
  vpc_id               = aws_vpc.alias.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.alias.arn
  iam_role_arn         = aws_iam_role.alias.arn
}

resource "aws_cloudwatch_log_group" "alias" {
  name              = "/acme/vpc/key-not-arn-alias"
  retention_in_days = 90
  kms_key_id        = aws_kms_alias.alias.name # expect: log-group-key-not-arn
}

resource "aws_iam_role" "alias" {
  name = "acme-key-not-arn-alias"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "alias" {
  name = "write-flow-logs"
  role = aws_iam_role.alias.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.alias.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "alias" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.alias.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.alias.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_kms_alias" "alias" {
  name          = "alias/acme-alias-logs"
  target_key_id = aws_kms_key.alias.key_id
}

data "aws_caller_identity" "alias" {}

data "aws_region" "alias" {}
