# The service is called vpc-flow-logs, with an s at its end.

resource "aws_vpc" "typo" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "typo" {
  vpc_id               = aws_vpc.typo.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.typo.arn
  iam_role_arn         = aws_iam_role.typo.arn
}

resource "aws_cloudwatch_log_group" "typo" {
  name              = "/acme/vpc/trust-typo"
  retention_in_days = 90
}

resource "aws_iam_role" "typo" {
  name = "acme-flow-logs-trust-typo"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-log.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "typo" {
  name = "write-flow-logs"
  role = aws_iam_role.typo.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}
