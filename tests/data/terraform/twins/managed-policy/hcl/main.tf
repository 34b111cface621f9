# AWS's own policy for CloudWatch Logs holds all that is needed.

resource "aws_vpc" "aws_managed" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "aws_managed" {
  vpc_id               = aws_vpc.aws_managed.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.aws_managed.arn
  iam_role_arn         = aws_iam_role.aws_managed.arn
}

resource "aws_cloudwatch_log_group" "aws_managed" {
  name              = "/acme/vpc/write-aws-managed"
  retention_in_days = 90
}

resource "aws_iam_role" "aws_managed" {
  name = "acme-flow-logs-write-aws-managed"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "aws_managed" {
  role       = aws_iam_role.aws_managed.name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"
}
