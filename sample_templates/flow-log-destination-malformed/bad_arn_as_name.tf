# The log group's ARN stands where its name belongs.

resource "aws_flow_log" "arn_as_name" {
  vpc_id         = "vpc-0123456789abcdef0"
  traffic_type   = "ALL"
  log_group_name = aws_cloudwatch_log_group.arn_as_name.arn # expect: flow-log-destination-malformed
  iam_role_arn   = aws_iam_role.arn_as_name.arn
}

resource "aws_cloudwatch_log_group" "arn_as_name" {
  name = "arn-as-name"
}

resource "aws_iam_role" "arn_as_name" {
  name = "acme-arn_as_name"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "arn_as_name" {
  name = "write-flow-logs"
  role = aws_iam_role.arn_as_name.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
      ]
      Resource = "*"
    }]
  })
}
