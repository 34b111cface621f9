# The service gives no external ID when it takes the role on.

resource "aws_vpc" "trust_external_id" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "trust_external_id" {
  name = "/acme/trust-external-id"
}

resource "aws_iam_role" "trust_external_id" {
  name = "acme-trust-external-id"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "sts:ExternalId" = "acme-7391" } }
    }]
  })
}

resource "aws_iam_role_policy" "trust_external_id" {
  role = aws_iam_role.trust_external_id.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trust_external_id.arn}:*"
    }]
  })
}

resource "aws_flow_log" "trust_external_id" {
  vpc_id          = aws_vpc.trust_external_id.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.trust_external_id.arn
  iam_role_arn    = aws_iam_role.trust_external_id.arn
}
