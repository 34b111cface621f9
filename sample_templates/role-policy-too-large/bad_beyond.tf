# No quota can be raised for a trust policy of 8,193 characters.

resource "aws_vpc" "bad_beyond" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_beyond" {
  vpc_id               = aws_vpc.bad_beyond.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.bad_beyond.arn
  iam_role_arn         = aws_iam_role.bad_beyond.arn
}

resource "aws_cloudwatch_log_group" "bad_beyond" {
  name              = "/acme/vpc/bad-beyond-size"
  retention_in_days = 90
}

resource "aws_iam_role" "bad_beyond" {
  name = "acme-flow-bad-beyond-size"
  assume_role_policy = jsonencode({ # expect: role-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "vpc-flow-logs.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
      {
        Sid       = "P${join("", [for i in range(26) : "p"])}"
        Effect    = "Allow"
        Principal = { AWS = [for i in range(241) : format("arn:aws:iam::%012d:root", i)] }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_role_policy" "bad_beyond" {
  name = "write-flow-logs"
  role = aws_iam_role.bad_beyond.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.bad_beyond.arn}:*"
      }
    ]
  })
}
