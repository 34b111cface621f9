# Services other than CloudTrail are shut out.

resource "aws_vpc" "other_service" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_service" {
  vpc_id               = aws_vpc.other_service.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.other_service.arn

  depends_on = [aws_s3_bucket_policy.other_service]
}

resource "aws_s3_bucket" "other_service" {
  bucket = "acme-denies-other-service"
}

resource "aws_s3_bucket_policy" "other_service" {
  bucket = aws_s3_bucket.other_service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.other_service.arn}/AWSLogs/${data.aws_caller_identity.other_service.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.other_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.other_service.region}:${data.aws_caller_identity.other_service.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.other_service.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.other_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.other_service.region}:${data.aws_caller_identity.other_service.account_id}:*" }
        }
      },
      { # expect: bucket-policy-denies-log-delivery
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.other_service.arn}/*"
        Condition = {
          Bool            = { "aws:PrincipalIsAWSService" = "true" }
          StringNotEquals = { "aws:PrincipalServiceName" = "cloudtrail.amazonaws.com" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "other_service" {}

data "aws_region" "other_service" {}
