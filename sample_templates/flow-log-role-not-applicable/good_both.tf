# Two flow logs of one VPC: the one to CloudWatch Logs has the role, the one to S3 has none.

resource "aws_vpc" "both" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "both" {
  vpc_id               = aws_vpc.both.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.both.arn

  depends_on = [aws_s3_bucket_policy.both]
}

resource "aws_flow_log" "both_to_group" {
  vpc_id               = aws_vpc.both.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.both_to_group.arn
  iam_role_arn         = aws_iam_role.both_to_group.arn
}

resource "aws_s3_bucket" "both" {
  bucket = "acme-role-both"
}

resource "aws_s3_bucket_policy" "both" {
  bucket = aws_s3_bucket.both.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.both.arn}/AWSLogs/${data.aws_caller_identity.both.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.both.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.both.region}:${data.aws_caller_identity.both.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.both.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.both.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.both.region}:${data.aws_caller_identity.both.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "both" {}

data "aws_region" "both" {}

resource "aws_cloudwatch_log_group" "both_to_group" {
  name              = "/acme/vpc/role-both"
  retention_in_days = 90
}

resource "aws_iam_role" "both_to_group" {
  name = "acme-flow-logs-both"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "both_to_group" {
  name = "write-flow-logs"
  role = aws_iam_role.both_to_group.id
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
