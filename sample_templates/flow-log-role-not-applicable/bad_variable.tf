# The role's ARN is a variable with a default.

variable "network_role_arn" {
  type    = string
  default = "arn:aws:iam::111122223333:role/flow-logs"
}

resource "aws_flow_log" "variable" {
  subnet_id            = "subnet-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.variable.arn
  iam_role_arn         = var.network_role_arn # expect: flow-log-role-not-applicable

  depends_on = [aws_s3_bucket_policy.variable]
}

resource "aws_s3_bucket" "variable" {
  bucket = "acme-role-variable"
}

resource "aws_s3_bucket_policy" "variable" {
  bucket = aws_s3_bucket.variable.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.variable.arn}/AWSLogs/${data.aws_caller_identity.variable.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.variable.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.variable.region}:${data.aws_caller_identity.variable.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.variable.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.variable.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.variable.region}:${data.aws_caller_identity.variable.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "variable" {}

data "aws_region" "variable" {}
