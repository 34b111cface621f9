# The module's destination is optional, and this call leaves it out.

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

module "flow_log" {
  source   = "./flow_log"
  vpc_id   = aws_vpc.main.id
  role_arn = aws_iam_role.main.arn
}

resource "aws_iam_role" "main" {
  name = "acme-flow-logs-module"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "main" {
  name = "write-flow-logs"
  role = aws_iam_role.main.id
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
