# Two folders are written, the policy grants only one of them.

variable "log_folders" {
  type    = set(string)
  default = ["app", "edge"]
}

resource "aws_vpc" "two_folders" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "two_folders" {
  for_each = var.log_folders

  vpc_id               = aws_vpc.two_folders.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.two_folders.arn}/${each.key}"

  depends_on = [aws_s3_bucket_policy.two_folders]
}

resource "aws_s3_bucket" "two_folders" {
  bucket = "acme-refuses-two-folders"
}

resource "aws_s3_bucket_policy" "two_folders" {
  bucket = aws_s3_bucket.two_folders.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.two_folders.arn}/app/AWSLogs/${data.aws_caller_identity.two_folders.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.two_folders.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.two_folders.region}:${data.aws_caller_identity.two_folders.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.two_folders.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.two_folders.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.two_folders.region}:${data.aws_caller_identity.two_folders.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "two_folders" {}

data "aws_region" "two_folders" {}
