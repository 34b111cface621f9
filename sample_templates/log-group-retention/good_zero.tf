# Terraform writes 0 for keeping events for good.

resource "aws_vpc" "retention_good_zero" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "retention_good_zero" {
  name = "/acme/retention-good-zero"

  retention_in_days = 0
}

resource "aws_iam_role" "retention_good_zero" {
  name = "acme-retention-good-zero"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "retention_good_zero" {
  role = aws_iam_role.retention_good_zero.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.retention_good_zero.arn}:*"
    }]
  })
}

resource "aws_flow_log" "retention_good_zero" {
  vpc_id          = aws_vpc.retention_good_zero.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.retention_good_zero.arn
  iam_role_arn    = aws_iam_role.retention_good_zero.arn
}
