# The attached policy grants the group's streams.

resource "aws_flow_log" "managed_good" {
  subnet_id            = "subnet-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.managed_good.arn
  iam_role_arn         = aws_iam_role.managed_good.arn
}

resource "aws_cloudwatch_log_group" "managed_good" {
  name              = "/acme/vpc/write-managed-good"
  retention_in_days = 90
}

resource "aws_iam_role" "managed_good" {
  name = "acme-flow-logs-write-managed-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "managed_good" {
  name = "acme-write-flow-logs-managed-good"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.managed_good.arn}:log-stream:*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "managed_good" {
  role       = aws_iam_role.managed_good.name
  policy_arn = aws_iam_policy.managed_good.arn
}
