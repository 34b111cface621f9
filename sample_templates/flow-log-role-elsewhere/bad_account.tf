# The role belongs to the security account.

provider "aws" {
  alias               = "bad"
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_flow_log" "bad" {
  provider        = aws.bad
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.bad.arn
  iam_role_arn    = "arn:aws:iam::444455556666:role/flow-logs" # expect: flow-log-role-elsewhere
}

resource "aws_cloudwatch_log_group" "bad" {
  provider = aws.bad
  name     = "/acme/role-elsewhere/bad"
}
