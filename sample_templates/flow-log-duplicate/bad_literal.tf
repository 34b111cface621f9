# One flow log refers to the log group, the other one names its ARN.

resource "aws_vpc" "literal" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "literal" {
  vpc_id               = aws_vpc.literal.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.literal.arn
  iam_role_arn         = aws_iam_role.literal.arn
}

resource "aws_flow_log" "literal_again" { # expect: flow-log-duplicate
  vpc_id               = aws_vpc.literal.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = "arn:aws:logs:${data.aws_region.literal.region}:${data.aws_caller_identity.literal.account_id}:log-group:/acme/vpc/duplicate-literal"
  iam_role_arn         = aws_iam_role.literal.arn

  depends_on = [aws_cloudwatch_log_group.literal]
}

resource "aws_cloudwatch_log_group" "literal" {
  name              = "/acme/vpc/duplicate-literal"
  retention_in_days = 90
}

resource "aws_iam_role" "literal" {
  name = "acme-duplicate-literal"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "literal" {
  name = "write-flow-logs"
  role = aws_iam_role.literal.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.literal.arn}:*"
      }
    ]
  })
}

data "aws_caller_identity" "literal" {}

data "aws_region" "literal" {}
