# The role trusts the service that writes to S3, not the one that writes to CloudWatch Logs.

resource "aws_vpc" "delivery_service" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "delivery_service" {
  vpc_id               = aws_vpc.delivery_service.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.delivery_service.arn
  iam_role_arn         = aws_iam_role.delivery_service.arn
}

resource "aws_cloudwatch_log_group" "delivery_service" {
  name              = "/acme/vpc/trust-delivery-service"
  retention_in_days = 90
}

resource "aws_iam_role" "delivery_service" {
  name = "acme-flow-logs-trust-delivery-service"
  assume_role_policy = jsonencode({ # expect: role-lacks-flow-logs-trust
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "delivery_service" {
  name = "write-flow-logs"
  role = aws_iam_role.delivery_service.id
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
