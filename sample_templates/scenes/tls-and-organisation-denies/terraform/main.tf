# A guarded bucket: eight Deny statements, and none of them stops log delivery.
provider "aws" {
  region = "eu-central-1"

  allowed_account_ids = ["111122223333"]
}

variable "organization_id" {
  type    = string
  default = "o-a1b2c3d4e5"
}

variable "endpoint_ids" {
  description = "The VPC endpoints that people reach the bucket through"
  type        = list(string)
  default     = ["vpce-0a1b2c3d4e5f60718", "vpce-0918273645546372a"]
}

data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  everything = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
}

resource "aws_vpc" "this" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-guarded-flow-logs"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket = aws_s3_bucket.logs.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs.arn}/AWSLogs/${local.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = local.account_id
          }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.logs.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = local.everything
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "ModernTlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*"
        Resource  = local.everything
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
      {
        Sid       = "OurOrganisationOrAnAwsService"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = local.everything
        Condition = {
          StringNotEqualsIfExists = { "aws:PrincipalOrgID" = var.organization_id }
          BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Sid       = "OurEndpointsOrAnAwsService"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"]
        Resource  = local.everything
        Condition = {
          StringNotEquals = { "aws:SourceVpce" = var.endpoint_ids }
          Bool            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Sid       = "NoServiceButLogDelivery"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs.arn}/*"
        Condition = {
          Bool            = { "aws:PrincipalIsAWSService" = "true" }
          StringNotEquals = { "aws:PrincipalServiceName" = "delivery.logs.amazonaws.com" }
        }
      },
      {
        Sid       = "NobodyWritesReports"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs.arn}/reports/*"
      },
      {
        Sid       = "WhoNamesAnEncryptionNamesKms"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs.arn}/*"
        Condition = {
          Null            = { "s3:x-amz-server-side-encryption" = "false" }
          StringNotEquals = { "s3:x-amz-server-side-encryption" = "aws:kms" }
        }
      },
      {
        Sid       = "LogsStay"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutBucketVersioning"]
        Resource  = local.everything
        Condition = { ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::${local.account_id}:role/records-officer" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.logs]
}

resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn

  depends_on = [aws_s3_bucket_policy.logs]
}
