# The policy document trusts CloudTrail and CloudWatch Logs, but not flow logs.

resource "aws_vpc" "document" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document" {
  vpc_id               = aws_vpc.document.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.document.arn
  iam_role_arn         = aws_iam_role.document.arn
}

resource "aws_cloudwatch_log_group" "document" {
  name              = "/acme/vpc/trust-document"
  retention_in_days = 90
}

resource "aws_iam_role" "document" {
  name               = "acme-flow-logs-trust-document"
  assume_role_policy = data.aws_iam_policy_document.document.json # expect: role-lacks-flow-logs-trust
}

resource "aws_iam_role_policy" "document" {
  name = "write-flow-logs"
  role = aws_iam_role.document.id
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

data "aws_iam_policy_document" "document" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com", "logs.amazonaws.com"]
    }
  }
}
