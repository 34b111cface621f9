variable "name" {
  type = string
}

variable "folder" {
  type    = string
  default = ""
}

resource "aws_s3_bucket" "this" {
  bucket = var.name
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.this.arn}/AWSLogs/${data.aws_caller_identity.this.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.this.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.this.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.this.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

output "arn" {
  value = aws_s3_bucket.this.arn
}
