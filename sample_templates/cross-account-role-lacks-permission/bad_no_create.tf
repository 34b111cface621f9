# The role may look at log deliveries, but not create one.

resource "aws_vpc" "no_create" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "no_create" {
  vpc_id                     = aws_vpc.no_create.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-no-create"
  iam_role_arn               = aws_iam_role.no_create.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-no-create"
}

resource "aws_iam_role" "no_create" {
  name = "acme-no-create-sender"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "no_create" {
  role = aws_iam_role.no_create.id
  policy = jsonencode({ # expect: cross-account-role-lacks-permission
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.no_create.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.no_create.arn }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["logs:GetLogDelivery", "logs:ListLogDeliveries"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-no-create"
      },
    ]
  })
}
