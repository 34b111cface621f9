# The statement allows the wrong way of taking the role.

resource "aws_vpc" "web_identity" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "web_identity" {
  vpc_id               = aws_vpc.web_identity.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.web_identity.arn
  iam_role_arn         = aws_iam_role.web_identity.arn
}

resource "aws_cloudwatch_log_group" "web_identity" {
  name              = "/acme/vpc/trust-web-identity"
  retention_in_days = 90
}

resource "aws_iam_role" "web_identity" {
  name = "acme-flow-logs-trust-web-identity"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
    }]
  })
}

resource "aws_iam_role_policy" "web_identity" {
  name = "write-flow-logs"
  role = aws_iam_role.web_identity.id
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
