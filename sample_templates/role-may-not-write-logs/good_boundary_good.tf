# The boundary lets logs through, the policy grants them.

resource "aws_vpc" "boundary_good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "boundary_good" {
  vpc_id               = aws_vpc.boundary_good.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.boundary_good.arn
  iam_role_arn         = aws_iam_role.boundary_good.arn
}

resource "aws_cloudwatch_log_group" "boundary_good" {
  name              = "/acme/vpc/write-boundary-good"
  retention_in_days = 90
}

resource "aws_iam_role" "boundary_good" {
  name = "acme-flow-logs-write-boundary-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  permissions_boundary = aws_iam_policy.boundary_good.arn
}

resource "aws_iam_role_policy" "boundary_good" {
  name = "write-flow-logs"
  role = aws_iam_role.boundary_good.id
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

resource "aws_iam_policy" "boundary_good" {
  name = "acme-boundary-with-logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:*", "ec2:*", "logs:*"]
      Resource = "*"
    }]
  })
}
