# The role has no path, and its ARN is written with one.

resource "aws_vpc" "bad_path" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_path" {
  vpc_id               = aws_vpc.bad_path.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.bad_path.arn
  iam_role_arn         = "arn:aws:iam::111122223333:role/network/acme-flow-logs-path" # expect: flow-log-role-malformed
}

resource "aws_cloudwatch_log_group" "bad_path" {
  name              = "/acme/vpc/role-path"
  retention_in_days = 90
}

resource "aws_iam_role" "bad_path" {
  name = "acme-flow-logs-path"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad_path" {
  name = "write-flow-logs"
  role = aws_iam_role.bad_path.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.bad_path.arn}:*"
      }
    ]
  })
}
