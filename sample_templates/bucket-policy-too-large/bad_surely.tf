# 23,487 bytes: too long, however S3 normalizes the policy.

resource "aws_vpc" "surely" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "surely" {
  vpc_id               = aws_vpc.surely.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.surely.arn

  depends_on = [aws_s3_bucket_policy.surely]
}

resource "aws_s3_bucket" "surely" {
  bucket = "acme-size-surely"
}

resource "aws_s3_bucket_policy" "surely" {
  bucket = aws_s3_bucket.surely.id
  policy = jsonencode({ # expect: bucket-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-size-surely/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::acme-size-surely"
      },
      {
        Sid       = format("Readers%027d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(523) : format("arn:aws:s3:::acme-size-surely/teams/%03d/*", team)]
      }
    ]
  })
}
