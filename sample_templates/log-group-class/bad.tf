# There is no such class.

resource "aws_vpc" "bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id          = aws_vpc.bad.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.bad.arn
  iam_role_arn    = aws_iam_role.bad.arn
}

resource "aws_cloudwatch_log_group" "bad" {
  name = "/acme/group-class/bad"

  log_group_class = "INFREQUENT" # expect: log-group-class
}

resource "aws_iam_role" "bad" {
  name = "acme-group-class-bad"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad" {
  name = "write"
  role = aws_iam_role.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.bad.arn}:*"
    }]
  })
}
