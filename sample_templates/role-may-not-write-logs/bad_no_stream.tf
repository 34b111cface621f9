# The role may put events but not make the streams they go into.

resource "aws_vpc" "no_stream" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "no_stream" {
  vpc_id               = aws_vpc.no_stream.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.no_stream.arn
  iam_role_arn         = aws_iam_role.no_stream.arn
}

resource "aws_cloudwatch_log_group" "no_stream" {
  name              = "/acme/vpc/write-no-stream"
  retention_in_days = 90
}

resource "aws_iam_role" "no_stream" {
  name = "acme-flow-logs-write-no-stream"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_stream" {
  name = "write-flow-logs"
  role = aws_iam_role.no_stream.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}
