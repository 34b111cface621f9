# The roles of two VPCs may each write their own log group.

resource "aws_vpc" "straight" {
  for_each   = toset(["blue", "green"])
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "straight" {
  for_each = aws_vpc.straight

  vpc_id          = each.value.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.straight[each.key].arn
  iam_role_arn    = aws_iam_role.straight[each.key].arn
}

resource "aws_cloudwatch_log_group" "straight" {
  for_each = aws_vpc.straight
  name     = "/acme/${each.key}/straight"
}

resource "aws_iam_role" "straight" {
  for_each = aws_vpc.straight
  name     = "acme-flow-logs-${each.key}-straight"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "straight" {
  for_each = aws_vpc.straight
  name     = "write-flow-logs"
  role     = aws_iam_role.straight[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.straight[each.key].arn}:*"
      }
    ]
  })
}
