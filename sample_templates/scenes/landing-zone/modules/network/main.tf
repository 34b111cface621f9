variable "name" {
  type = string
}

variable "cidr_block" {
  type = string
}

variable "archive_arn" {
  type = string
}

variable "retention_days" {
  type = number
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr_block
  enable_dns_hostnames = true

  tags = { Name = var.name }
}

# Everything goes to the archive, for the auditors.
resource "aws_flow_log" "archive" {
  vpc_id                   = aws_vpc.this.id
  traffic_type             = "ALL"
  log_destination_type     = "s3"
  log_destination          = var.archive_arn
  max_aggregation_interval = 600
}

# What was refused goes to CloudWatch Logs, for the people on call.
resource "aws_flow_log" "rejects" {
  vpc_id                   = aws_vpc.this.id
  traffic_type             = "REJECT"
  log_destination          = aws_cloudwatch_log_group.rejects.arn
  iam_role_arn             = aws_iam_role.rejects.arn
  max_aggregation_interval = 60
}

resource "aws_cloudwatch_log_group" "rejects" {
  name              = "/network/${var.name}/rejects"
  retention_in_days = var.retention_days
}

resource "aws_iam_role" "rejects" {
  name_prefix        = "${var.name}-flow-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "rejects" {
  name = "write-rejects"
  role = aws_iam_role.rejects.id

  policy = jsonencode({ # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
        Resource = aws_cloudwatch_log_group.rejects.arn
      },
      {
        Effect   = "Allow"
        Action   = "logs:DescribeLogGroups"
        Resource = "*"
      }
    ]
  })
}
