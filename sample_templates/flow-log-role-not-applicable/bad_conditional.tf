# The condition asks the wrong question: the role goes to S3 and stays away from CloudWatch Logs.

variable "conditional_type" {
  type    = string
  default = "s3"
}

resource "aws_vpc" "conditional" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "conditional" {
  vpc_id               = aws_vpc.conditional.id
  traffic_type         = "ALL"
  log_destination_type = var.conditional_type
  log_destination      = aws_s3_bucket.conditional.arn
  iam_role_arn         = var.conditional_type == "s3" ? aws_iam_role.conditional.arn : null # expect: flow-log-role-not-applicable

  depends_on = [aws_s3_bucket_policy.conditional]
}

resource "aws_s3_bucket" "conditional" {
  bucket = "acme-role-conditional"
}

resource "aws_s3_bucket_policy" "conditional" {
  bucket = aws_s3_bucket.conditional.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.conditional.arn}/AWSLogs/${data.aws_caller_identity.conditional.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.conditional.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.conditional.region}:${data.aws_caller_identity.conditional.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.conditional.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.conditional.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.conditional.region}:${data.aws_caller_identity.conditional.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "conditional" {}

data "aws_region" "conditional" {}

resource "aws_iam_role" "conditional" {
  name = "acme-flow-logs-s3-only"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "conditional" {
  name = "write-flow-logs"
  role = aws_iam_role.conditional.id
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
