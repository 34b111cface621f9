# The policy document grants the group and its streams.

resource "aws_flow_log" "document_good" {
  eni_id               = "eni-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.document_good.arn
  iam_role_arn         = aws_iam_role.document_good.arn
}

resource "aws_cloudwatch_log_group" "document_good" {
  name              = "/acme/vpc/write-document-good"
  retention_in_days = 90
}

resource "aws_iam_role" "document_good" {
  name = "acme-flow-logs-write-document-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "document_good" {
  role   = aws_iam_role.document_good.name
  policy = data.aws_iam_policy_document.document_good.json
}

data "aws_iam_policy_document" "document_good" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = [aws_cloudwatch_log_group.document_good.arn, "${aws_cloudwatch_log_group.document_good.arn}:*"]
  }

  statement {
    actions   = ["logs:DescribeLogGroups"]
    resources = ["*"]
  }
}
