# The role and the log group belong to two accounts, and both must be the flow log's own.

resource "aws_vpc" "two_accounts" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "two_accounts" {
  vpc_id          = aws_vpc.two_accounts.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:444455556666:log-group:/acme/two-accounts"
  iam_role_arn    = "arn:aws:iam::111122223333:role/acme-two-accounts" # expect: flow-log-role-elsewhere
}
