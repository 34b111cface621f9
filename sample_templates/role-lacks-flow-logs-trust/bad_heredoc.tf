# The trust is JSON text and names Lambda.

resource "aws_vpc" "heredoc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "heredoc" {
  vpc_id               = aws_vpc.heredoc.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.heredoc.arn
  iam_role_arn         = aws_iam_role.heredoc.arn
}

resource "aws_cloudwatch_log_group" "heredoc" {
  name              = "/acme/vpc/trust-heredoc"
  retention_in_days = 90
}

resource "aws_iam_role" "heredoc" {
  name               = "acme-flow-logs-trust-heredoc"
  assume_role_policy = local.heredoc_trust # expect: role-lacks-flow-logs-trust
}

resource "aws_iam_role_policy" "heredoc" {
  name = "write-flow-logs"
  role = aws_iam_role.heredoc.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}

locals {
  heredoc_trust = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": { "Service": "lambda.amazonaws.com" },
        "Action": "sts:AssumeRole"
      }
    }
  JSON
}
