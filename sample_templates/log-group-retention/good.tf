# A number that there is.

resource "aws_vpc" "retention_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "retention_good" {
  name = "/acme/retention-good"

  retention_in_days = 30
}

resource "aws_iam_role" "retention_good" {
  name = "acme-retention-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "retention_good" {
  role = aws_iam_role.retention_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.retention_good.arn}:*"
    }]
  })
}

resource "aws_flow_log" "retention_good" {
  vpc_id          = aws_vpc.retention_good.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.retention_good.arn
  iam_role_arn    = aws_iam_role.retention_good.arn
}
