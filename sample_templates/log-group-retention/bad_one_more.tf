# Ten years are 3,653 days; one more there is not.

resource "aws_vpc" "retention_bad_one_more" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "retention_bad_one_more" {
  name = "/acme/retention-bad-one-more"

  retention_in_days = 3654 # expect: log-group-retention
}

resource "aws_iam_role" "retention_bad_one_more" {
  name = "acme-retention-bad-one-more"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "retention_bad_one_more" {
  role = aws_iam_role.retention_bad_one_more.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.retention_bad_one_more.arn}:*"
    }]
  })
}

resource "aws_flow_log" "retention_bad_one_more" {
  vpc_id          = aws_vpc.retention_bad_one_more.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.retention_bad_one_more.arn
  iam_role_arn    = aws_iam_role.retention_bad_one_more.arn
}
