# The policy is a resource of its own, and does not admit CloudWatch Logs either.

resource "aws_vpc" "beside" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "beside" {
  vpc_id               = aws_vpc.beside.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.beside.arn
  iam_role_arn         = aws_iam_role.beside.arn
}

resource "aws_cloudwatch_log_group" "beside" {
  name              = "/acme/vpc/logs-key-beside"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.beside.arn

  depends_on = [aws_kms_key_policy.beside]
}

resource "aws_iam_role" "beside" {
  name = "acme-logs-key-beside"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "beside" {
  name = "write-flow-logs"
  role = aws_iam_role.beside.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.beside.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "beside" {
  description         = "Flow logs"
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "beside" {
  key_id = aws_kms_key.beside.key_id
  policy = jsonencode({ # expect: log-group-key-refuses-cloudwatch-logs
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.beside.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

data "aws_caller_identity" "beside" {}
