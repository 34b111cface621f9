# The policy exists, but nothing attaches it to the role.

resource "aws_vpc" "unattached" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "unattached" {
  vpc_id               = aws_vpc.unattached.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.unattached.arn
  iam_role_arn         = aws_iam_role.unattached.arn # expect: role-may-not-write-logs
}

resource "aws_cloudwatch_log_group" "unattached" {
  name              = "/acme/vpc/write-unattached"
  retention_in_days = 90
}

resource "aws_iam_role" "unattached" {
  name = "acme-flow-logs-write-unattached"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "unattached" {
  name = "acme-write-flow-logs-unattached"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "logs:*"
      Resource = "*"
    }]
  })
}
