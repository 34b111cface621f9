variable "log_group_arns" {
  type = map(string)
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "write" {
  statement {
    sid       = "WriteRecords"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = [for arn in values(var.log_group_arns) : "${arn}:*"]
  }

  statement {
    sid       = "ListLogGroups"
    actions   = ["logs:DescribeLogGroups"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "boundary" {
  statement {
    sid       = "LogsOnly"
    actions   = ["logs:*"]
    resources = ["*"]
  }

  statement {
    sid       = "LogsStay"
    effect    = "Deny"
    actions   = ["logs:DeleteLogGroup", "logs:DeleteLogStream"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "boundary" {
  name   = "network-boundary"
  policy = data.aws_iam_policy_document.boundary.json
}

resource "aws_iam_policy" "write" {
  name   = "write-flow-logs"
  path   = "/network/"
  policy = data.aws_iam_policy_document.write.json
}

resource "aws_iam_role" "flow_logs" {
  name                 = "network-flow-logs"
  path                 = "/network/"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_role_policy_attachment" "write" {
  role       = aws_iam_role.flow_logs.name
  policy_arn = aws_iam_policy.write.arn
}

output "flow_logs_role_arn" {
  value = aws_iam_role.flow_logs.arn

  depends_on = [aws_iam_role_policy_attachment.write]
}
