# The largest number that there is.

resource "aws_vpc" "retention_good_most" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "retention_good_most" {
  name = "/acme/retention-good-most"

  retention_in_days = 3653
}

resource "aws_iam_role" "retention_good_most" {
  name = "acme-retention-good-most"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "retention_good_most" {
  role = aws_iam_role.retention_good_most.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.retention_good_most.arn}:*"
    }]
  })
}

resource "aws_flow_log" "retention_good_most" {
  vpc_id          = aws_vpc.retention_good_most.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.retention_good_most.arn
  iam_role_arn    = aws_iam_role.retention_good_most.arn
}
