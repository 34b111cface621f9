# A timer waits where the provider does not.

resource "aws_vpc" "just_created_timer" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "just_created_timer" {
  name = "/acme/just-created-timer"
}

resource "aws_iam_role" "just_created_timer" {
  name = "acme-just-created-timer"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "just_created_timer" {
  role = aws_iam_role.just_created_timer.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.just_created_timer.arn}:*"
    }]
  })
}

resource "aws_flow_log" "just_created_timer" {
  vpc_id          = aws_vpc.just_created_timer.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.just_created_timer.arn
  iam_role_arn    = aws_iam_role.just_created_timer.arn
  depends_on      = [time_sleep.role]
}

resource "time_sleep" "role" {
  create_duration = "20s"
  depends_on      = [aws_iam_role.just_created_timer]
}
