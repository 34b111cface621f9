# An empty role ARN is no role: the provider does not send it.

variable "flow_log_role" {
  type    = string
  default = ""
}

resource "aws_vpc" "empty" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "empty" {
  vpc_id               = aws_vpc.empty.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.empty.arn
  iam_role_arn         = var.flow_log_role

  depends_on = [aws_s3_bucket_policy.empty]
}

resource "aws_s3_bucket" "empty" {
  bucket = "acme-role-empty"
}

resource "aws_s3_bucket_policy" "empty" {
  bucket = aws_s3_bucket.empty.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.empty.arn}/AWSLogs/${data.aws_caller_identity.empty.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.empty.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.empty.region}:${data.aws_caller_identity.empty.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.empty.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.empty.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.empty.region}:${data.aws_caller_identity.empty.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "empty" {}

data "aws_region" "empty" {}
