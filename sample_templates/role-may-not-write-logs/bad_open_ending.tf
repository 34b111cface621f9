# The group's name ends in the VPC's ID; its bare ARN covers no stream, whatever it is called.

resource "aws_vpc" "open_ending" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "open_ending" {
  vpc_id               = aws_vpc.open_ending.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.open_ending.arn
  iam_role_arn         = aws_iam_role.open_ending.arn
}

resource "aws_cloudwatch_log_group" "open_ending" {
  name              = "flow-logs-${aws_vpc.open_ending.id}"
  retention_in_days = 90
}

resource "aws_iam_role" "open_ending" {
  name = "acme-flow-logs-open-ending"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "open_ending" {
  name = "write-flow-logs"
  role = aws_iam_role.open_ending.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = aws_cloudwatch_log_group.open_ending.arn
      }
    ]
  })
}
