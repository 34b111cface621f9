# Everyone outside the organization is shut out, and a service is in no organization.

resource "aws_vpc" "organization" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "organization" {
  bucket = "acme-denies-organization"
}

resource "aws_s3_bucket_policy" "organization" {
  bucket = aws_s3_bucket.organization.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.organization.arn}/edge/AWSLogs/${data.aws_caller_identity.organization.account_id}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.organization.arn
      },
      { # expect: bucket-policy-denies-log-delivery
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.organization.arn}/*"
        Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },
    ]
  })
}

resource "aws_flow_log" "organization" {
  vpc_id               = aws_vpc.organization.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.organization.arn}/edge/"
  depends_on           = [aws_s3_bucket_policy.organization]
}

data "aws_caller_identity" "organization" {}
