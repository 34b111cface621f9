# The name of the log delivery service has a slip, in both statements.

resource "aws_vpc" "misspelt_service" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "misspelt_service" {
  vpc_id               = aws_vpc.misspelt_service.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.misspelt_service.arn

  depends_on = [aws_s3_bucket_policy.misspelt_service]
}

resource "aws_s3_bucket" "misspelt_service" {
  bucket = "acme-refuses-misspelt-service"
}

resource "aws_s3_bucket_policy" "misspelt_service" {
  bucket = aws_s3_bucket.misspelt_service.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.log.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.misspelt_service.arn}/AWSLogs/${data.aws_caller_identity.misspelt_service.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.misspelt_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.misspelt_service.region}:${data.aws_caller_identity.misspelt_service.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.log.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.misspelt_service.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.misspelt_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.misspelt_service.region}:${data.aws_caller_identity.misspelt_service.account_id}:*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.misspelt_service.arn, "${aws_s3_bucket.misspelt_service.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

data "aws_caller_identity" "misspelt_service" {}

data "aws_region" "misspelt_service" {}
