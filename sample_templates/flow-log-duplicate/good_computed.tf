# A provider's function finds the VPC of each network: nobody knows here which one, but not the same.

resource "aws_flow_log" "computed" {
  for_each = toset(["10.20.0.0/16", "10.21.0.0/16"])

  vpc_id               = "vpc-${provider::network::hash(each.key)}"
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.computed.arn
  iam_role_arn         = aws_iam_role.computed.arn
}

resource "aws_cloudwatch_log_group" "computed" {
  name              = "/acme/vpc/duplicate-computed"
  retention_in_days = 90
}

resource "aws_iam_role" "computed" {
  name = "acme-duplicate-computed"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "computed" {
  name = "write-flow-logs"
  role = aws_iam_role.computed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.computed.arn}:*"
      }
    ]
  })
}
