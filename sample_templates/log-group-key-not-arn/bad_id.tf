# The id of a key is its ID too.

resource "aws_vpc" "id" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "id" {
  vpc_id               = aws_vpc.id.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.id.arn
  iam_role_arn         = aws_iam_role.id.arn
}

resource "aws_cloudwatch_log_group" "id" {
  name              = "/acme/vpc/key-not-arn-id"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.id.id # expect: log-group-key-not-arn
}

resource "aws_iam_role" "id" {
  name = "acme-key-not-arn-id"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "id" {
  name = "write-flow-logs"
  role = aws_iam_role.id.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.id.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "id" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.id.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.id.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "id" {}

data "aws_region" "id" {}
