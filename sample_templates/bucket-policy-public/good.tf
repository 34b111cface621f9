# The service is no public, whatever the conditions.

resource "aws_vpc" "public_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "public_good" {
  bucket = "acme-public-good"
}

resource "aws_s3_bucket_policy" "public_good" {
  bucket = aws_s3_bucket.public_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.public_good.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.public_good.arn
      },
    ]
  })
}

resource "aws_flow_log" "public_good" {
  vpc_id               = aws_vpc.public_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.public_good.arn
  depends_on           = [aws_s3_bucket_policy.public_good]
}

resource "aws_s3_bucket_public_access_block" "public_good" {
  bucket = aws_s3_bucket.public_good.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
