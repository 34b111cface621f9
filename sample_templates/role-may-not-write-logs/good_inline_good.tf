# The policy inside the role grants every group.

resource "aws_vpc" "inline_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "inline_good" {
  vpc_id               = aws_vpc.inline_good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.inline_good.arn
  iam_role_arn         = aws_iam_role.inline_good.arn
}

resource "aws_cloudwatch_log_group" "inline_good" {
  name              = "/acme/vpc/write-inline-good"
  retention_in_days = 90
}

resource "aws_iam_role" "inline_good" {
  name = "acme-flow-logs-write-inline-good"
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
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = "logs:*"
        Resource = "*"
      }]
    })
  }
}
