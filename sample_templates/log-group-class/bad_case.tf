# The names of the classes are in capital letters.

resource "aws_vpc" "bad_case" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_case" {
  vpc_id          = aws_vpc.bad_case.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.bad_case.arn
  iam_role_arn    = aws_iam_role.bad_case.arn
}

resource "aws_cloudwatch_log_group" "bad_case" {
  name = "/acme/group-class/bad-case"

  log_group_class = "standard" # expect: log-group-class
}

resource "aws_iam_role" "bad_case" {
  name = "acme-group-class-bad-case"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad_case" {
  name = "write"
  role = aws_iam_role.bad_case.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.bad_case.arn}:*"
    }]
  })
}
