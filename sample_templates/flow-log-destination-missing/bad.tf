# The flow log has a role but names neither a destination nor a log group.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" { # expect: flow-log-destination-missing
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  iam_role_arn         = aws_iam_role.bad.arn
}

resource "aws_iam_role" "bad" {
  name = "acme-flow-logs-nowhere"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad" {
  name = "write-flow-logs"
  role = aws_iam_role.bad.id
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
