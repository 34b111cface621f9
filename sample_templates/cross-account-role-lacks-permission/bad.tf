# The role may take on another role, but not the one in the stream's account.

resource "aws_vpc" "no_assume" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "no_assume" {
  vpc_id                     = aws_vpc.no_assume.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-no-assume"
  iam_role_arn               = aws_iam_role.no_assume.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-no-assume"
}

resource "aws_iam_role" "no_assume" {
  name = "acme-no-assume-sender"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_assume" {
  role = aws_iam_role.no_assume.id
  policy = jsonencode({ # expect: cross-account-role-lacks-permission
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.no_assume.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.no_assume.arn }
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
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-central"
      },
    ]
  })
}
