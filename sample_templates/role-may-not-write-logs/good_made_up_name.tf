# The provider makes up the group's name, and all log groups are granted.

resource "aws_flow_log" "good_made_up_name" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.good_made_up_name.arn
  iam_role_arn    = aws_iam_role.good_made_up_name.arn
}

resource "aws_cloudwatch_log_group" "good_made_up_name" {
}

resource "aws_iam_role" "good_made_up_name" {
  name = "acme-good_made_up_name"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "good_made_up_name" {
  name = "write-flow-logs"
  role = aws_iam_role.good_made_up_name.id
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
      Resource = "arn:aws:logs:*:*:log-group:*"
    }]
  })
}
