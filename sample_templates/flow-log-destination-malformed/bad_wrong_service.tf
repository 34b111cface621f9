# The type is S3, the destination a log group.

resource "aws_vpc" "wrong_service" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "wrong_service" {
  vpc_id               = aws_vpc.wrong_service.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_cloudwatch_log_group.wrong_service.arn # expect: flow-log-destination-malformed
}

resource "aws_cloudwatch_log_group" "wrong_service" {
  name              = "/acme/vpc/malformed-service"
  retention_in_days = 90
}
