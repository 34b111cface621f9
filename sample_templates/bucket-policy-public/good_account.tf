# A fixed account makes a policy for everybody private.

resource "aws_vpc" "public_account" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "public_account" {
  bucket = "acme-public-account"
}

resource "aws_s3_bucket_policy" "public_account" {
  bucket = aws_s3_bucket.public_account.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:GetBucketAcl"]
        Resource  = [aws_s3_bucket.public_account.arn, "${aws_s3_bucket.public_account.arn}/*"]
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.public.account_id } }
      },
    ]
  })
}

resource "aws_flow_log" "public_account" {
  vpc_id               = aws_vpc.public_account.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.public_account.arn
  depends_on           = [aws_s3_bucket_policy.public_account]
}

resource "aws_s3_bucket_public_access_block" "public_account" {
  bucket = aws_s3_bucket.public_account.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_caller_identity" "public" {}
