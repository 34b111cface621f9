# No log group of that name is declared.

resource "aws_vpc" "no_group" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_group" {
  vpc_id               = aws_vpc.no_group.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow_log.arn # expect: flow-log-destination-undeclared
  iam_role_arn         = aws_iam_role.no_group.arn
}

resource "aws_iam_role" "no_group" {
  name = "acme-flow-logs-no-group"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_group" {
  name = "write-flow-logs"
  role = aws_iam_role.no_group.id
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
