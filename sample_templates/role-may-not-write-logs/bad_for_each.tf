# The roles of two VPCs may each write the other's log group.

resource "aws_vpc" "crossed" {
  for_each   = toset(["blue", "green"])
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "crossed" {
  for_each = aws_vpc.crossed

  vpc_id          = each.value.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.crossed[each.key].arn
  iam_role_arn    = aws_iam_role.crossed[each.key].arn
}

resource "aws_cloudwatch_log_group" "crossed" {
  for_each = aws_vpc.crossed
  name     = "/acme/${each.key}/crossed"
}

resource "aws_iam_role" "crossed" {
  for_each = aws_vpc.crossed
  name     = "acme-flow-logs-${each.key}-crossed"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "crossed" {
  for_each = aws_vpc.crossed
  name     = "write-flow-logs"
  role     = aws_iam_role.crossed[each.key].id
  policy = jsonencode({ # expect: role-may-not-write-logs # expect: role-may-not-write-logs
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.crossed[each.key == "blue" ? "green" : "blue"].arn}:*"
      }
    ]
  })
}
