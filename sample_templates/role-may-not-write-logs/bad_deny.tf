# A second statement takes back what the first gives.

resource "aws_vpc" "deny" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "deny" {
  vpc_id               = aws_vpc.deny.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.deny.arn
  iam_role_arn         = aws_iam_role.deny.arn
}

resource "aws_cloudwatch_log_group" "deny" {
  name              = "/acme/vpc/write-deny"
  retention_in_days = 90
}

resource "aws_iam_role" "deny" {
  name = "acme-flow-logs-write-deny"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "deny" {
  name = "write-flow-logs"
  role = aws_iam_role.deny.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "logs:*"
        Resource = "*"
      },
      { # expect: role-may-not-write-logs
        Effect   = "Deny"
        Action   = "logs:CreateLogStream"
        Resource = "*"
      }
    ]
  })
}
