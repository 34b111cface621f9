# The role of the stream's account is given, that of the flow log's own account is not.

resource "aws_vpc" "destination_only" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "destination_only" {
  vpc_id                     = aws_vpc.destination_only.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-central"
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-acme" # expect: flow-log-cross-account-role
}
