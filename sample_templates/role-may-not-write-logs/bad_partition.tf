# A template for China, with one ARN left as AWS's examples outside China write it.

resource "aws_vpc" "partition" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "partition" {
  vpc_id          = aws_vpc.partition.id
  traffic_type    = "ALL"
  log_destination = "arn:aws-cn:logs:${data.aws_region.partition.region}:${data.aws_caller_identity.partition.account_id}:log-group:${aws_cloudwatch_log_group.partition.name}"
  iam_role_arn    = aws_iam_role.partition.arn
}

data "aws_region" "partition" {}

data "aws_caller_identity" "partition" {}

resource "aws_cloudwatch_log_group" "partition" {
  name = "/acme/vpc/write-partition"
}

resource "aws_iam_role" "partition" {
  name = "acme-write-partition"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "partition" {
  name = "write"
  role = aws_iam_role.partition.id
  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:*:*:log-group:${aws_cloudwatch_log_group.partition.name}:*"
    }]
  })
}
