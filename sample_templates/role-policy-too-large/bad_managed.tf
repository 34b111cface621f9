# A managed policy of 6,145 characters is one too large.

resource "aws_vpc" "bad_managed" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad_managed" {
  vpc_id               = aws_vpc.bad_managed.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.bad_managed.arn
  iam_role_arn         = aws_iam_role.bad_managed.arn
}

resource "aws_cloudwatch_log_group" "bad_managed" {
  name              = "/acme/vpc/bad-managed-size"
  retention_in_days = 90
}

resource "aws_iam_role" "bad_managed" {
  name = "acme-flow-bad-managed-size"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "bad_managed" {
  name = "acme-bad-managed"
  policy = jsonencode({ # expect: role-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "*"
      },
      {
        Sid      = "P${join("", [for i in range(1) : "p"])}"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for i in range(186) : format("arn:aws:s3:::acme-data-%04d/*", i)]
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "bad_managed" {
  role       = aws_iam_role.bad_managed.name
  policy_arn = aws_iam_policy.bad_managed.arn
}
