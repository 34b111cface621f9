# A key that is looked up has an ID and an ARN as well.

resource "aws_vpc" "data" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "data" {
  vpc_id               = aws_vpc.data.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.data.arn
  iam_role_arn         = aws_iam_role.data.arn
}

resource "aws_cloudwatch_log_group" "data" {
  name              = "/acme/vpc/key-not-arn-data"
  retention_in_days = 90
  kms_key_id        = data.aws_kms_key.data.id # expect: log-group-key-not-arn
}

resource "aws_iam_role" "data" {
  name = "acme-key-not-arn-data"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "data" {
  name = "write-flow-logs"
  role = aws_iam_role.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.data.arn}:*"
      }
    ]
  })
}

data "aws_kms_key" "data" {
  key_id = "alias/acme-shared-logs"
}
