# One letter is missing; the account's number does not help.

data "aws_caller_identity" "current" {}

resource "aws_flow_log" "by_account" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-by-acount-${data.aws_caller_identity.current.account_id}" # expect: flow-log-bucket-missing
}

resource "aws_s3_bucket" "by_account" {
  bucket = "acme-by-account-${data.aws_caller_identity.current.account_id}"
}
