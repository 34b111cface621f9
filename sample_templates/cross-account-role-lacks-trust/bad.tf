# The role trusts the service that writes to CloudWatch Logs, not the one that writes to streams.

resource "aws_vpc" "wrong_service" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "wrong_service" {
  vpc_id                     = aws_vpc.wrong_service.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-wrong-service"
  iam_role_arn               = aws_iam_role.wrong_service.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-wrong-service"
}

resource "aws_iam_role" "wrong_service" {
  name = "acme-wrong-service-sender"
  assume_role_policy = jsonencode({ # expect: cross-account-role-lacks-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "wrong_service" {
  role = aws_iam_role.wrong_service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.wrong_service.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.wrong_service.arn }
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
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-wrong-service"
      },
    ]
  })
}
