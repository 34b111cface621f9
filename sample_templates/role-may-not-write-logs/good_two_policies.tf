# Two policies give one permission each.

resource "aws_vpc" "two_policies" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "two_policies" {
  vpc_id               = aws_vpc.two_policies.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.two_policies.arn
  iam_role_arn         = aws_iam_role.two_policies.arn
}

resource "aws_cloudwatch_log_group" "two_policies" {
  name              = "/acme/vpc/write-two-policies"
  retention_in_days = 90
}

resource "aws_iam_role" "two_policies" {
  name = "acme-flow-logs-write-two-policies"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "two_policies" {
  name = "make-streams"
  role = aws_iam_role.two_policies.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream"]
        Resource = "${aws_cloudwatch_log_group.two_policies.arn}:*"
      }
    ]
  })
}

resource "aws_iam_role_policy" "two_policies_put" {
  name = "put-events"
  role = aws_iam_role.two_policies.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.two_policies.arn}:*"
      }
    ]
  })
}
