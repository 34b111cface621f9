# In Terraform the group's arn has no :* at its end.

resource "aws_vpc" "arn" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "arn" {
  vpc_id               = aws_vpc.arn.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.arn.arn
  iam_role_arn         = aws_iam_role.arn.arn
}

resource "aws_cloudwatch_log_group" "arn" {
  name              = "/acme/vpc/every-stream-arn-tf"
  retention_in_days = 90
}

resource "aws_iam_role" "arn" {
  name = "acme-every-stream-arn-tf"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "arn" {
  name = "write-flow-logs"
  role = aws_iam_role.arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.arn.arn}:*"
      }
    ]
  })
}
