# The exemption may be written with IfExists.

resource "aws_vpc" "service_exempt" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "service_exempt" {
  vpc_id               = aws_vpc.service_exempt.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.service_exempt.arn

  depends_on = [aws_s3_bucket_policy.service_exempt]
}

resource "aws_s3_bucket" "service_exempt" {
  bucket = "acme-denies-service-exempt"
}

resource "aws_s3_bucket_policy" "service_exempt" {
  bucket = aws_s3_bucket.service_exempt.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.service_exempt.arn}/AWSLogs/${data.aws_caller_identity.service_exempt.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.service_exempt.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.service_exempt.region}:${data.aws_caller_identity.service_exempt.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.service_exempt.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.service_exempt.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.service_exempt.region}:${data.aws_caller_identity.service_exempt.account_id}:*" }
        }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.service_exempt.arn}/*"
        Condition = {
          StringNotEqualsIfExists = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f67890" }
          BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "service_exempt" {}

data "aws_region" "service_exempt" {}
