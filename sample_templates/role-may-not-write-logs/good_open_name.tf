# The group's name is known after the deploy only; the role may write its streams, whatever it is called.

resource "aws_vpc" "open_name_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "open_name_good" {
  vpc_id               = aws_vpc.open_name_good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.open_name_good.arn
  iam_role_arn         = aws_iam_role.open_name_good.arn
}

resource "aws_cloudwatch_log_group" "open_name_good" {
  name              = "/acme/${aws_vpc.open_name_good.id}/flow-logs"
  retention_in_days = 90
}

resource "aws_iam_role" "open_name_good" {
  name = "acme-flow-logs-open-name-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "open_name_good" {
  name = "write-flow-logs"
  role = aws_iam_role.open_name_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.open_name_good.arn}:*"
      }
    ]
  })
}
