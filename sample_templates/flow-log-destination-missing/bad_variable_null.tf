# The destination is a variable whose default is null, and nobody sets it.

variable "flow_log_destination_arn" {
  type    = string
  default = null
}

resource "aws_vpc" "variable_null" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "variable_null" { # expect: flow-log-destination-missing
  vpc_id               = aws_vpc.variable_null.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = var.flow_log_destination_arn
  iam_role_arn         = aws_iam_role.variable_null.arn
}

resource "aws_iam_role" "variable_null" {
  name = "acme-flow-logs-variable-null"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "variable_null" {
  name = "write-flow-logs"
  role = aws_iam_role.variable_null.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}
