# 20,481 bytes: one more than a bucket policy may have.

resource "aws_vpc" "one_byte" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "one_byte" {
  vpc_id               = aws_vpc.one_byte.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.one_byte.arn

  depends_on = [aws_s3_bucket_policy.one_byte]
}

resource "aws_s3_bucket" "one_byte" {
  bucket = "acme-size-one-byte"
}

resource "aws_s3_bucket_policy" "one_byte" {
  bucket = aws_s3_bucket.one_byte.id
  policy = jsonencode({ # expect: bucket-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-size-one-byte/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::acme-size-one-byte"
      },
      {
        Sid       = format("Readers%019d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(435) : format("arn:aws:s3:::acme-size-one-byte/teams/%03d/*", team)]
      }
    ]
  })
}
