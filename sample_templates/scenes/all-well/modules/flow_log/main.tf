variable "name" {
  description = "Name of the log group"
  type        = string
}

variable "subnet_id" {
  type    = string
  default = null
}

variable "eni_id" {
  type    = string
  default = null
}

data "aws_caller_identity" "current" {}

resource "aws_flow_log" "this" {
  subnet_id       = var.subnet_id
  eni_id          = var.eni_id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.this.arn
  iam_role_arn    = aws_iam_role.this.arn
}

resource "aws_cloudwatch_log_group" "this" {
  name              = var.name
  retention_in_days = 90
}

resource "aws_iam_role" "this" {
  name_prefix = "flow-logs-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.this.arn}:*"
    }]
  })
}
