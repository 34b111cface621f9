# Wildcards in actions and names match all the same.

resource "aws_vpc" "wildcards" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "wildcards" {
  vpc_id               = aws_vpc.wildcards.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.wildcards.arn
  iam_role_arn         = aws_iam_role.wildcards.arn
}

resource "aws_cloudwatch_log_group" "wildcards" {
  name              = "/acme/vpc/write-wildcards"
  retention_in_days = 90
}

resource "aws_iam_role" "wildcards" {
  name = "acme-flow-logs-write-wildcards"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "wildcards" {
  name = "write-flow-logs"
  role = aws_iam_role.wildcards.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:Create*", "logs:Put*", "logs:Describe*"]
        Resource = "arn:aws:logs:*:*:log-group:/acme/*"
      }
    ]
  })
}
