# The role may be passed to the service that writes to CloudWatch Logs, not to log delivery.

resource "aws_vpc" "pass_role" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "pass_role" {
  vpc_id                     = aws_vpc.pass_role.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-pass-role"
  iam_role_arn               = aws_iam_role.pass_role.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-pass-role"
}

resource "aws_iam_role" "pass_role" {
  name = "acme-pass-role-sender"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "pass_role" {
  role = aws_iam_role.pass_role.id
  policy = jsonencode({ # expect: cross-account-role-lacks-permission
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.pass_role.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "vpc-flow-logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.pass_role.arn }
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
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-pass-role"
      },
    ]
  })
}
