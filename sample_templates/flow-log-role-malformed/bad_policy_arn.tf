# The ARN is that of a policy, not of a role.

resource "aws_vpc" "bad_policy_arn_policy_arn" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_policy_arn_policy_arn" {
  vpc_id               = aws_vpc.bad_policy_arn_policy_arn.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.bad_policy_arn_policy_arn.arn
  iam_role_arn         = "arn:aws:iam::111122223333:policy/acme-flow-logs" # expect: flow-log-role-malformed
}

resource "aws_cloudwatch_log_group" "bad_policy_arn_policy_arn" {
  name              = "/acme/vpc/role-arn"
  retention_in_days = 90
}

resource "aws_iam_role" "bad_policy_arn_policy_arn" {
  name = "acme-flow-logs-arn"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad_policy_arn_policy_arn" {
  name = "write-flow-logs"
  role = aws_iam_role.bad_policy_arn_policy_arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.bad_policy_arn_policy_arn.arn}:*"
      }
    ]
  })
}
