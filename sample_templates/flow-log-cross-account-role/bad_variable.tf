# The name of the other account's role is a variable, and its default begins otherwise.

variable "destination_role" {
  type    = string
  default = "FlowLogsCrossAccount"
}

resource "aws_vpc" "variable" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "variable" {
  vpc_id                     = aws_vpc.variable.id
  traffic_type               = "ALL"
  log_destination_type       = "kinesis-data-firehose"
  log_destination            = "arn:aws:firehose:eu-west-1:444455556666:deliverystream/acme-central"
  iam_role_arn               = aws_iam_role.variable_source.arn
  deliver_cross_account_role = "arn:aws:iam::444455556666:role/${var.destination_role}" # expect: flow-log-cross-account-role
}

resource "aws_iam_role" "variable_source" {
  name = "acme-cross-variable-source"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "variable_source" {
  name = "deliver-flow-logs"
  role = aws_iam_role.variable_source.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.variable_source.arn
        Condition = {
          StringEquals = { "iam:PassedToService" = "delivery.logs.amazonaws.com" }
          StringLike   = { "iam:AssociatedResourceARN" = aws_vpc.variable.arn }
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
        Resource = "arn:aws:iam::444455556666:role/${var.destination_role}"
      }
    ]
  })
}
