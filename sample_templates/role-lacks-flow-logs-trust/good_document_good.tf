# The policy document trusts flow logs among others.

resource "aws_vpc" "document_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document_good" {
  vpc_id               = aws_vpc.document_good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.document_good.arn
  iam_role_arn         = aws_iam_role.document_good.arn
}

resource "aws_cloudwatch_log_group" "document_good" {
  name              = "/acme/vpc/trust-document-good"
  retention_in_days = 90
}

resource "aws_iam_role" "document_good" {
  name               = "acme-flow-logs-trust-document-good"
  assume_role_policy = data.aws_iam_policy_document.document_good.json
}

resource "aws_iam_role_policy" "document_good" {
  name = "write-flow-logs"
  role = aws_iam_role.document_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}

data "aws_iam_policy_document" "document_good" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com", "vpc-flow-logs.amazonaws.com"]
    }
  }
}
