# The role may be passed for subnets only, and a VPC is watched: whatever its ID, it begins with vpc-.

resource "aws_vpc" "other_id" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "other_id" {
  vpc_id                     = aws_vpc.other_id.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-other-id"
  iam_role_arn               = aws_iam_role.other_id.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-other-id"
}

resource "aws_iam_role" "other_id" {
  name = "acme-other-id-sender"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "other_id" {
  role = aws_iam_role.other_id.id
  policy = jsonencode({ # expect: cross-account-role-lacks-permission
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.other_id.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = "arn:aws:ec2:*:*:*/subnet-*" }
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
        Resource = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole-other-id"
      },
    ]
  })
}
