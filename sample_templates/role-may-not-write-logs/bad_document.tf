# The policy document grants the bare group, not its streams.

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
  name              = "/acme/vpc/write-document"
  retention_in_days = 90
}

resource "aws_iam_role" "document" {
  name = "acme-flow-logs-write-document"
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
  role   = aws_iam_role.document.name
  policy = data.aws_iam_policy_document.document.json # expect: role-may-not-write-logs
}

data "aws_iam_policy_document" "document" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = [aws_cloudwatch_log_group.document.arn]
  }

  statement {
    actions   = ["logs:DescribeLogGroups"]
    resources = ["*"]
  }
}
