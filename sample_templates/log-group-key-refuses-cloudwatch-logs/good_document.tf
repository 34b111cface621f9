# The policy document admits CloudWatch Logs.

resource "aws_vpc" "document" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document" {
  vpc_id               = aws_vpc.document.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.document.arn
  iam_role_arn         = aws_iam_role.document.arn
}

resource "aws_cloudwatch_log_group" "document" {
  name              = "/acme/vpc/logs-key-document"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.document.arn
}

resource "aws_iam_role" "document" {
  name = "acme-logs-key-document"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "document" {
  name = "write-flow-logs"
  role = aws_iam_role.document.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.document.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "document" {
  description         = "Flow logs"
  enable_key_rotation = true

  policy = data.aws_iam_policy_document.document.json
}

data "aws_iam_policy_document" "document" {
  statement {
    sid       = "Administration"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.document.account_id}:root"]
    }
  }

  statement {
    sid       = "CloudWatchLogs"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${data.aws_region.document.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:aws:logs:${data.aws_region.document.region}:${data.aws_caller_identity.document.account_id}:log-group:/acme/vpc/*"]
    }
  }
}

data "aws_caller_identity" "document" {}

data "aws_region" "document" {}
