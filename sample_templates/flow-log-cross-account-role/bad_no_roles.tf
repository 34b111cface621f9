# The stream belongs to another account, which is reached through two roles.

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_vpc" "no_roles" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "no_roles" {
  vpc_id               = aws_vpc.no_roles.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-no-roles" # expect: flow-log-cross-account-role
}
