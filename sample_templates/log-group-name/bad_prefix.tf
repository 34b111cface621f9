# Names that begin with aws/ are AWS's own.

resource "aws_vpc" "bad_prefix" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_prefix" {
  vpc_id          = aws_vpc.bad_prefix.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.bad_prefix.arn
  iam_role_arn    = aws_iam_role.bad_prefix.arn
}

resource "aws_cloudwatch_log_group" "bad_prefix" {
  name = "aws/vpc/flow-logs" # expect: log-group-name
}

resource "aws_iam_role" "bad_prefix" {
  name = "acme-group-bad-prefix"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad_prefix" {
  name = "write"
  role = aws_iam_role.bad_prefix.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.bad_prefix.arn}:*"
    }]
  })
}
