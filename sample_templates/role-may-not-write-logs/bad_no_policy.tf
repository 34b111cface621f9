# The role has no policy at all.

resource "aws_vpc" "no_policy" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_policy" {
  vpc_id               = aws_vpc.no_policy.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.no_policy.arn
  iam_role_arn         = aws_iam_role.no_policy.arn # expect: role-may-not-write-logs
}

resource "aws_cloudwatch_log_group" "no_policy" {
  name              = "/acme/vpc/write-no-policy"
  retention_in_days = 90
}

resource "aws_iam_role" "no_policy" {
  name = "acme-flow-logs-write-no-policy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}
