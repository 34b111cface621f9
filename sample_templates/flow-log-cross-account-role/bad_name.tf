# Log delivery takes only roles whose name begins as AWS says.

resource "aws_vpc" "name" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "name" {
  vpc_id                     = aws_vpc.name.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-central"
  iam_role_arn               = aws_iam_role.name_source.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/acme-flow-logs-destination" # expect: flow-log-cross-account-role
}

resource "aws_iam_role" "name_source" {
  name = "acme-cross-name-source"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "name_source" {
  name = "deliver-flow-logs"
  role = aws_iam_role.name_source.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.name_source.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.name.arn }
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
        Resource = "arn:aws:iam::444455556666:role/acme-flow-logs-destination"
      }
    ]
  })
}
