# The trust is JSON text with one statement that is no list.

resource "aws_flow_log" "heredoc_good" {
  subnet_id            = "subnet-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.heredoc_good.arn
  iam_role_arn         = aws_iam_role.heredoc_good.arn
}

resource "aws_cloudwatch_log_group" "heredoc_good" {
  name              = "/acme/vpc/trust-heredoc-good"
  retention_in_days = 90
}

resource "aws_iam_role" "heredoc_good" {
  name               = "acme-flow-logs-trust-heredoc-good"
  assume_role_policy = local.heredoc_good_trust
}

resource "aws_iam_role_policy" "heredoc_good" {
  name = "write-flow-logs"
  role = aws_iam_role.heredoc_good.id
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
  heredoc_good_trust = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": { "Service": "vpc-flow-logs.amazonaws.com" },
        "Action": "sts:AssumeRole"
      }
    }
  JSON
}
