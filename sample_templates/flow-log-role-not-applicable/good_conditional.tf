# The role stays away where the destination is a bucket.

variable "destination_type" {
  type    = string
  default = "s3"
}

resource "aws_vpc" "by_type" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "by_type" {
  vpc_id               = aws_vpc.by_type.id
  traffic_type         = "ALL"
  log_destination_type = var.destination_type
  log_destination      = var.destination_type == "s3" ? aws_s3_bucket.by_type.arn : aws_cloudwatch_log_group.by_type.arn
  iam_role_arn         = var.destination_type == "cloud-watch-logs" ? aws_iam_role.by_type.arn : null

  depends_on = [aws_s3_bucket_policy.by_type]
}

resource "aws_s3_bucket" "by_type" {
  bucket = "acme-role-by-type"
}

resource "aws_s3_bucket_policy" "by_type" {
  bucket = aws_s3_bucket.by_type.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.by_type.arn}/AWSLogs/${data.aws_caller_identity.by_type.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.by_type.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.by_type.region}:${data.aws_caller_identity.by_type.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.by_type.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.by_type.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.by_type.region}:${data.aws_caller_identity.by_type.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "by_type" {}

data "aws_region" "by_type" {}

resource "aws_cloudwatch_log_group" "by_type" {
  name              = "/acme/vpc/role-by-type"
  retention_in_days = 90
}

resource "aws_iam_role" "by_type" {
  name = "acme-flow-logs-by-type"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "by_type" {
  name = "write-flow-logs"
  role = aws_iam_role.by_type.id
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
