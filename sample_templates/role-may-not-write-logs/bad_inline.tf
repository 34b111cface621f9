# The policy inside the role grants the bare group, not its streams.

resource "aws_vpc" "inline" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "inline" {
  vpc_id               = aws_vpc.inline.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.inline.arn
  iam_role_arn         = aws_iam_role.inline.arn
}

resource "aws_cloudwatch_log_group" "inline" {
  name              = "/acme/vpc/write-inline"
  retention_in_days = 90
}

resource "aws_iam_role" "inline" {
  name = "acme-flow-logs-write-inline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  inline_policy {
    name = "write-flow-logs"
    policy = jsonencode({ # expect: role-may-not-write-logs
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = "logs:*"
        Resource = aws_cloudwatch_log_group.inline.arn
      }]
    })
  }
}
