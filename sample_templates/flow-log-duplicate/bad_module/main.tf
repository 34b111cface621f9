# The module is called twice for one VPC.

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

module "network_logs" {
  source = "./modules/flow_log"

  vpc_id        = aws_vpc.main.id
  log_group_arn = aws_cloudwatch_log_group.main.arn
  role_arn      = aws_iam_role.main.arn
}

module "security_logs" {
  source = "./modules/flow_log"

  vpc_id        = aws_vpc.main.id
  log_group_arn = aws_cloudwatch_log_group.main.arn
  role_arn      = aws_iam_role.main.arn
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/acme/vpc/duplicate-module"
  retention_in_days = 90
}

resource "aws_iam_role" "main" {
  name = "acme-duplicate-module"
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
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.main.arn}:*"
      }
    ]
  })
}
