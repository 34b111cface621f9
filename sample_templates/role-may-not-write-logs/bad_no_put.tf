# The role may make streams but not put events into them.

resource "aws_vpc" "no_put" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_put" {
  vpc_id               = aws_vpc.no_put.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.no_put.arn
  iam_role_arn         = aws_iam_role.no_put.arn
}

resource "aws_cloudwatch_log_group" "no_put" {
  name              = "/acme/vpc/write-no-put"
  retention_in_days = 90
}

resource "aws_iam_role" "no_put" {
  name = "acme-flow-logs-write-no-put"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_put" {
  name = "write-flow-logs"
  role = aws_iam_role.no_put.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}
