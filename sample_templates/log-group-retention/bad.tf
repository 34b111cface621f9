# A log group cannot keep its events for 35 days.

resource "aws_vpc" "retention_bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "retention_bad" {
  name = "/acme/retention-bad"

  retention_in_days = 35 # expect: log-group-retention
}

resource "aws_iam_role" "retention_bad" {
  name = "acme-retention-bad"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "retention_bad" {
  role = aws_iam_role.retention_bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.retention_bad.arn}:*"
    }]
  })
}

resource "aws_flow_log" "retention_bad" {
  vpc_id          = aws_vpc.retention_bad.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.retention_bad.arn
  iam_role_arn    = aws_iam_role.retention_bad.arn
}
