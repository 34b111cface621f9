# The destination is the log group's name; an ARN belongs there.

resource "aws_vpc" "log_group_name" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "log_group_name" {
  vpc_id               = aws_vpc.log_group_name.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.log_group_name.name # expect: flow-log-destination-malformed
  iam_role_arn         = aws_iam_role.log_group_name.arn
}

resource "aws_cloudwatch_log_group" "log_group_name" {
  name              = "/acme/vpc/malformed-name"
  retention_in_days = 90
}

resource "aws_iam_role" "log_group_name" {
  name = "acme-flow-logs-malformed-name"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "log_group_name" {
  name = "write-flow-logs"
  role = aws_iam_role.log_group_name.id
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
