# The stream is in another account, and the role of that account is not given.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-central"
  iam_role_arn         = aws_iam_role.bad_source.arn # expect: flow-log-cross-account-role
}

resource "aws_iam_role" "bad_source" {
  name = "acme-cross-bad-source"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "bad_source" {
  name = "deliver-flow-logs"
  role = aws_iam_role.bad_source.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.bad_source.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.bad.arn }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:GetLogDelivery"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-acme"
      }
    ]
  })
}
