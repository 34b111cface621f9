# for_each makes one flow log for each subnet.

locals {
  subnets = {
    a = "10.20.0.0/24"
    b = "10.20.1.0/24"
  }
}

resource "aws_vpc" "for_each" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "for_each" {
  for_each = local.subnets

  vpc_id     = aws_vpc.for_each.id
  cidr_block = each.value
}

resource "aws_flow_log" "for_each" {
  for_each = local.subnets

  subnet_id            = aws_subnet.for_each[each.key].id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.for_each.arn
  iam_role_arn         = aws_iam_role.for_each.arn
}

resource "aws_cloudwatch_log_group" "for_each" {
  name              = "/acme/vpc/duplicate-for-each"
  retention_in_days = 90
}

resource "aws_iam_role" "for_each" {
  name = "acme-duplicate-for-each"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "for_each" {
  name = "write-flow-logs"
  role = aws_iam_role.for_each.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.for_each.arn}:*"
      }
    ]
  })
}
