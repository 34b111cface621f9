# A key without a policy admits its account only, no service.

resource "aws_vpc" "default" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "default" {
  vpc_id               = aws_vpc.default.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.default.arn
  iam_role_arn         = aws_iam_role.default.arn
}

resource "aws_cloudwatch_log_group" "default" {
  name              = "/acme/vpc/logs-key-default"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.default.arn
}

resource "aws_iam_role" "default" {
  name = "acme-logs-key-default"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "default" {
  name = "write-flow-logs"
  role = aws_iam_role.default.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.default.arn}:*"
      }
    ]
  })
}

resource "aws_kms_key" "default" { # expect: log-group-key-refuses-cloudwatch-logs
  description         = "Flow logs"
  enable_key_rotation = true
}
