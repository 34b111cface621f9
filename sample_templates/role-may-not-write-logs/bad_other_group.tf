# The role may write another group.

resource "aws_vpc" "other_group" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_group" {
  vpc_id               = aws_vpc.other_group.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.other_group.arn
  iam_role_arn         = aws_iam_role.other_group.arn
}

resource "aws_cloudwatch_log_group" "other_group" {
  name              = "/acme/vpc/write-other-group"
  retention_in_days = 90
}

resource "aws_iam_role" "other_group" {
  name = "acme-flow-logs-write-other-group"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "other_group" {
  name = "write-flow-logs"
  role = aws_iam_role.other_group.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.other_group_app.arn}:*"
      }
    ]
  })
}

resource "aws_cloudwatch_log_group" "other_group_app" {
  name              = "/acme/app/write-other-group"
  retention_in_days = 90
}
