# The pattern is for groups below /aws/, the group is below /acme/.

resource "aws_vpc" "other_name" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_name" {
  vpc_id               = aws_vpc.other_name.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.other_name.arn
  iam_role_arn         = aws_iam_role.other_name.arn
}

resource "aws_cloudwatch_log_group" "other_name" {
  name              = "/acme/vpc/write-other-name"
  retention_in_days = 90
}

resource "aws_iam_role" "other_name" {
  name = "acme-flow-logs-write-other-name"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "other_name" {
  name = "write-flow-logs"
  role = aws_iam_role.other_name.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:*:*:log-group:/aws/vpc/*"
      }
    ]
  })
}
