# The second flow log only writes out what the first leaves to its defaults.

resource "aws_vpc" "defaults" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "defaults" {
  vpc_id          = aws_vpc.defaults.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.defaults.arn
  iam_role_arn    = aws_iam_role.defaults.arn
}

resource "aws_flow_log" "defaults_written_out" { # expect: flow-log-duplicate
  vpc_id                   = aws_vpc.defaults.id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = aws_cloudwatch_log_group.defaults.arn
  iam_role_arn             = aws_iam_role.defaults.arn
  max_aggregation_interval = 600
}

resource "aws_cloudwatch_log_group" "defaults" {
  name              = "/acme/vpc/duplicate-defaults"
  retention_in_days = 90
}

resource "aws_iam_role" "defaults" {
  name = "acme-duplicate-defaults"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "defaults" {
  name = "write-flow-logs"
  role = aws_iam_role.defaults.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.defaults.arn}:*"
      }
    ]
  })
}
