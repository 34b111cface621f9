# The group's name is known after the deploy only; its bare ARN covers no stream, whatever it is called.

resource "aws_vpc" "open_name" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "open_name" {
  vpc_id               = aws_vpc.open_name.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.open_name.arn
  iam_role_arn         = aws_iam_role.open_name.arn
}

resource "aws_cloudwatch_log_group" "open_name" {
  name              = "/acme/${aws_vpc.open_name.id}/flow-logs"
  retention_in_days = 90
}

resource "aws_iam_role" "open_name" {
  name = "acme-flow-logs-open-name"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "open_name" {
  name = "write-flow-logs"
  role = aws_iam_role.open_name.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = aws_cloudwatch_log_group.open_name.arn
      }
    ]
  })
}
