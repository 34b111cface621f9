# The provider makes up the group's name, which never begins like the one that is granted.

resource "aws_flow_log" "made_up_name" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.made_up_name.arn
  iam_role_arn    = aws_iam_role.made_up_name.arn
}

resource "aws_cloudwatch_log_group" "made_up_name" {
}

resource "aws_iam_role" "made_up_name" {
  name = "acme-made_up_name"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "made_up_name" {
  name = "write-flow-logs"
  role = aws_iam_role.made_up_name.id
  policy = jsonencode({ # expect: role-may-not-write-logs
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
      Resource = "arn:aws:logs:*:*:log-group:/vpc/*"
    }]
  })
}
