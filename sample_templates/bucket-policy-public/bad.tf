# Everybody may write, which a bucket that blocks public policies refuses.

resource "aws_vpc" "public_bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "public_bad" {
  bucket = "acme-public-bad"
}

resource "aws_s3_bucket_policy" "public_bad" {
  bucket = aws_s3_bucket.public_bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: bucket-policy-public
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:GetBucketAcl"]
        Resource  = [aws_s3_bucket.public_bad.arn, "${aws_s3_bucket.public_bad.arn}/*"]
      },
    ]
  })
}

resource "aws_flow_log" "public_bad" {
  vpc_id               = aws_vpc.public_bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.public_bad.arn
  depends_on           = [aws_s3_bucket_policy.public_bad]
}

resource "aws_s3_bucket_public_access_block" "public_bad" {
  bucket = aws_s3_bucket.public_bad.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
