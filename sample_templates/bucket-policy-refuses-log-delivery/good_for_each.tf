# Every subnet has a folder of its own, and the policy is made from the same list.

variable "logged_subnets" {
  type = map(string)
  default = {
    app  = "subnet-0a1b2c3d4e5f67890"
    edge = "subnet-0b1c2d3e4f5a67890"
  }
}

resource "aws_flow_log" "for_each" {
  for_each = var.logged_subnets

  subnet_id            = each.value
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.for_each.arn}/${each.key}/"

  depends_on = [aws_s3_bucket_policy.for_each]
}

resource "aws_s3_bucket" "for_each" {
  bucket = "acme-refuses-for-each"
}

resource "aws_s3_bucket_policy" "for_each" {
  bucket = aws_s3_bucket.for_each.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = [for name in keys(var.logged_subnets) : "${aws_s3_bucket.for_each.arn}/${name}/AWSLogs/${data.aws_caller_identity.for_each.account_id}/*"]
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.for_each.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.for_each.region}:${data.aws_caller_identity.for_each.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.for_each.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.for_each.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.for_each.region}:${data.aws_caller_identity.for_each.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "for_each" {}

data "aws_region" "for_each" {}
