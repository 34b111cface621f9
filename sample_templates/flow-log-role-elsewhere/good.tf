# The role belongs to the flow log's account.

provider "aws" {
  alias               = "good"
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_flow_log" "good" {
  provider        = aws.good
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.good.arn
  iam_role_arn    = aws_iam_role.good.arn
}

resource "aws_cloudwatch_log_group" "good" {
  provider = aws.good
  name     = "/acme/role-elsewhere/good"
}

resource "aws_iam_role" "good" {
  provider = aws.good
  name     = "acme-role-elsewhere-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  inline_policy {
    name = "write"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.good.arn}:*"
      }]
    })
  }
}
