# Inline policies of exactly 10,240 characters together.

resource "aws_vpc" "good_inline" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good_inline" {
  vpc_id               = aws_vpc.good_inline.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.good_inline.arn
  iam_role_arn         = aws_iam_role.good_inline.arn
}

resource "aws_cloudwatch_log_group" "good_inline" {
  name              = "/acme/vpc/good-inline-size"
  retention_in_days = 90
}

resource "aws_iam_role" "good_inline" {
  name = "acme-flow-good-inline-size"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "good_inline" {
  name = "first"
  role = aws_iam_role.good_inline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "*"
      },
      {
        Sid      = "P${join("", [for i in range(8) : "p"])}"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for i in range(150) : format("arn:aws:s3:::acme-data-%04d/*", i)]
      }
    ]
  })
}

resource "aws_iam_role_policy" "good_inline_second" {
  name = "second"
  role = aws_iam_role.good_inline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "*"
      },
      {
        Sid      = "P${join("", [for i in range(24) : "p"])}"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for i in range(157) : format("arn:aws:s3:::acme-data-%04d/*", i)]
      }
    ]
  })
}
