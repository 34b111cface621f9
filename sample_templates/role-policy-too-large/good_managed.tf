# A managed policy of exactly 6,144 characters.

resource "aws_vpc" "good_managed" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good_managed" {
  vpc_id               = aws_vpc.good_managed.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.good_managed.arn
  iam_role_arn         = aws_iam_role.good_managed.arn
}

resource "aws_cloudwatch_log_group" "good_managed" {
  name              = "/acme/vpc/good-managed-size"
  retention_in_days = 90
}

resource "aws_iam_role" "good_managed" {
  name = "acme-flow-good-managed-size"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "good_managed" {
  name = "acme-good-managed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "*"
      },
      {
        Sid      = "P${join("", [for i in range(0) : "p"])}"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for i in range(186) : format("arn:aws:s3:::acme-data-%04d/*", i)]
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "good_managed" {
  role       = aws_iam_role.good_managed.name
  policy_arn = aws_iam_policy.good_managed.arn
}
