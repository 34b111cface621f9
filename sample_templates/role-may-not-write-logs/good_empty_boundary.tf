# An empty boundary bounds nothing, and a log group with an empty key has none.

variable "role_boundary_arn" {
  type    = string
  default = ""
}

variable "log_group_key_arn" {
  type    = string
  default = ""
}

resource "aws_vpc" "empty_boundary" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "empty_boundary" {
  vpc_id               = aws_vpc.empty_boundary.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.empty_boundary.arn
  iam_role_arn         = aws_iam_role.empty_boundary.arn
}

resource "aws_cloudwatch_log_group" "empty_boundary" {
  name              = "/acme/vpc/write-empty-boundary"
  kms_key_id        = var.log_group_key_arn
  retention_in_days = 90
}

resource "aws_iam_role" "empty_boundary" {
  name = "acme-flow-logs-write-empty-boundary"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  permissions_boundary = var.role_boundary_arn
}

resource "aws_iam_role_policy" "empty_boundary" {
  name = "write-flow-logs"
  role = aws_iam_role.empty_boundary.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.empty_boundary.arn}:*"
      }
    ]
  })
}
