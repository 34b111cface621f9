# Exactly the 20,480 bytes that a bucket policy may have.

resource "aws_vpc" "exact" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "exact" {
  vpc_id               = aws_vpc.exact.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.exact.arn

  depends_on = [aws_s3_bucket_policy.exact]
}

resource "aws_s3_bucket" "exact" {
  bucket = "acme-size-exact"
}

resource "aws_s3_bucket_policy" "exact" {
  bucket = aws_s3_bucket.exact.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-size-exact/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::acme-size-exact"
      },
      {
        Sid       = format("Readers%039d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(465) : format("arn:aws:s3:::acme-size-exact/teams/%03d/*", team)]
      }
    ]
  })
}
