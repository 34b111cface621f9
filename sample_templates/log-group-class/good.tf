# The class for what is seldom asked for takes flow logs, too.

resource "aws_vpc" "good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id          = aws_vpc.good.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.good.arn
  iam_role_arn    = aws_iam_role.good.arn
}

resource "aws_cloudwatch_log_group" "good" {
  name = "/acme/group-class/good"

  log_group_class = "INFREQUENT_ACCESS"
}

resource "aws_iam_role" "good" {
  name = "acme-group-class-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "good" {
  name = "write"
  role = aws_iam_role.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.good.arn}:*"
    }]
  })
}
