# CloudWatch Logs takes symmetric keys only.

resource "aws_vpc" "bad_log_group" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "bad_log_group" {
  name = "/acme/bad-log-group"
  kms_key_id = aws_kms_key.bad_log_group.arn
}

resource "aws_iam_role" "bad_log_group" {
  name = "acme-bad-log-group"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad_log_group" {
  role = aws_iam_role.bad_log_group.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.bad_log_group.arn}:*"
    }]
  })
}

resource "aws_flow_log" "bad_log_group" {
  vpc_id          = aws_vpc.bad_log_group.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.bad_log_group.arn
  iam_role_arn    = aws_iam_role.bad_log_group.arn
}

resource "aws_kms_key" "bad_log_group" {
  customer_master_key_spec = "ECC_NIST_P256" # expect: key-cannot-encrypt-logs
  key_usage                = "SIGN_VERIFY"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.bad_log_group.region}.amazonaws.com" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

data "aws_region" "bad_log_group" {}
