# The attached policy grants the bare group, not its streams.

resource "aws_vpc" "managed" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "managed" {
  vpc_id               = aws_vpc.managed.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.managed.arn
  iam_role_arn         = aws_iam_role.managed.arn
}

resource "aws_cloudwatch_log_group" "managed" {
  name              = "/acme/vpc/write-managed"
  retention_in_days = 90
}

resource "aws_iam_role" "managed" {
  name = "acme-flow-logs-write-managed"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "managed" {
  name = "acme-write-flow-logs-managed"
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = aws_cloudwatch_log_group.managed.arn
    }]
  })
}

resource "aws_iam_role_policy_attachment" "managed" {
  role       = aws_iam_role.managed.name
  policy_arn = aws_iam_policy.managed.arn
}
