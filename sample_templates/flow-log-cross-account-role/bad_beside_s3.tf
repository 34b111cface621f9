# Log delivery writes to buckets of other accounts without a role.

resource "aws_vpc" "beside_s3" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "beside_s3" {
  vpc_id                     = aws_vpc.beside_s3.id
  traffic_type               = "ALL"
  log_destination_type       = "s3"
  log_destination            = aws_s3_bucket.beside_s3.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-acme" # expect: flow-log-cross-account-role
}

resource "aws_s3_bucket" "beside_s3" {
  bucket = "acme-cross-role-beside-s3"
}
