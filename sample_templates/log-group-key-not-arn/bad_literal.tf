# The ID of a key is written out.

resource "aws_vpc" "literal" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "literal" {
  vpc_id               = aws_vpc.literal.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.literal.arn
  iam_role_arn         = aws_iam_role.literal.arn
}

resource "aws_cloudwatch_log_group" "literal" {
  name              = "/acme/vpc/key-not-arn-literal"
  retention_in_days = 90
  kms_key_id        = "0d6c9a58-3c4c-4f0e-9d1b-5f0d6a2b7c11" # expect: log-group-key-not-arn
}

resource "aws_iam_role" "literal" {
  name = "acme-key-not-arn-literal"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "literal" {
  name = "write-flow-logs"
  role = aws_iam_role.literal.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.literal.arn}:*"
      }
    ]
  })
}
