# The policy is a resource of its own, and the log group waits for it.

resource "aws_vpc" "beside_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "beside_good" {
  vpc_id               = aws_vpc.beside_good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.beside_good.arn
  iam_role_arn         = aws_iam_role.beside_good.arn
}

resource "aws_cloudwatch_log_group" "beside_good" {
  name              = "/acme/vpc/logs-key-beside-good"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.beside_good.arn

  depends_on = [aws_kms_key_policy.beside_good]
}

resource "aws_iam_role" "beside_good" {
  name = "acme-logs-key-beside-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "beside_good" {
  name = "write-flow-logs"
  role = aws_iam_role.beside_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.beside_good.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "beside_good" {
  description         = "Flow logs"
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "beside_good" {
  key_id = aws_kms_key.beside_good.key_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.beside_good.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "CloudWatchLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.beside_good.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "beside_good" {}

data "aws_region" "beside_good" {}
