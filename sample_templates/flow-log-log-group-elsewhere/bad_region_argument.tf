# The flow log's own region argument takes it away from its log group.

resource "aws_vpc" "region_argument" {
  region     = "eu-north-1"
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "region_argument" {
  region               = "eu-north-1"
  vpc_id               = aws_vpc.region_argument.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.region_argument.arn # expect: flow-log-log-group-elsewhere
  iam_role_arn         = aws_iam_role.region_argument.arn
}

resource "aws_cloudwatch_log_group" "region_argument" {
  region            = "eu-west-3"
  name              = "/acme/vpc/elsewhere-region"
  retention_in_days = 90
}

resource "aws_iam_role" "region_argument" {
  name = "acme-elsewhere-region"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "region_argument" {
  name = "write-flow-logs"
  role = aws_iam_role.region_argument.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.region_argument.arn}:*"
      }
    ]
  })
}
