# This bucket does not block public policies.

resource "aws_vpc" "public_open" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "public_open" {
  bucket = "acme-public-open"
}

resource "aws_s3_bucket_policy" "public_open" {
  bucket = aws_s3_bucket.public_open.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:GetBucketAcl"]
        Resource  = [aws_s3_bucket.public_open.arn, "${aws_s3_bucket.public_open.arn}/*"]
      },
    ]
  })
}

resource "aws_flow_log" "public_open" {
  vpc_id               = aws_vpc.public_open.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.public_open.arn
  depends_on           = [aws_s3_bucket_policy.public_open]
}

resource "aws_s3_bucket_public_access_block" "public_open" {
  bucket = aws_s3_bucket.public_open.id

  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}
