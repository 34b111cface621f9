# NotPrincipal lists the log delivery service.

resource "aws_vpc" "listed_service" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "listed_service" {
  vpc_id               = aws_vpc.listed_service.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.listed_service.arn

  depends_on = [aws_s3_bucket_policy.listed_service]
}

resource "aws_s3_bucket" "listed_service" {
  bucket = "acme-denies-listed-service"
}

resource "aws_s3_bucket_policy" "listed_service" {
  bucket = aws_s3_bucket.listed_service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.listed_service.arn}/AWSLogs/${data.aws_caller_identity.listed_service.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.listed_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.listed_service.region}:${data.aws_caller_identity.listed_service.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.listed_service.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.listed_service.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.listed_service.region}:${data.aws_caller_identity.listed_service.account_id}:*" }
        }
      },
      {
        Sid          = "Guard"
        Effect       = "Deny"
        NotPrincipal = { Service = "delivery.logs.amazonaws.com" }
        Action       = "s3:PutObject"
        Resource     = "${aws_s3_bucket.listed_service.arn}/*"
      }
    ]
  })
}

data "aws_caller_identity" "listed_service" {}

data "aws_region" "listed_service" {}
