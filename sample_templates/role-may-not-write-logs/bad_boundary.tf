# The policy grants enough, but the role's boundary lets nothing of logs through.

resource "aws_vpc" "boundary" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "boundary" {
  vpc_id               = aws_vpc.boundary.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.boundary.arn
  iam_role_arn         = aws_iam_role.boundary.arn
}

resource "aws_cloudwatch_log_group" "boundary" {
  name              = "/acme/vpc/write-boundary"
  retention_in_days = 90
}

resource "aws_iam_role" "boundary" {
  name = "acme-flow-logs-write-boundary"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_role_policy" "boundary" {
  name = "write-flow-logs"
  role = aws_iam_role.boundary.id
  policy = jsonencode({ # expect: role-may-not-write-logs
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

resource "aws_iam_policy" "boundary" {
  name = "acme-boundary-without-logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:*", "ec2:*"]
      Resource = "*"
    }]
  })
}
