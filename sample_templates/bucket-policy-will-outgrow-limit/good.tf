# The policy is 20,000 bytes long, but it grants the whole bucket, so AWS adds nothing.

resource "aws_vpc" "good" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "good" {
  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.good.arn

  depends_on = [aws_s3_bucket_policy.good]
}

resource "aws_s3_bucket" "good" {
  bucket = "acme-outgrow-good"
}

resource "aws_s3_bucket_policy" "good" {
  bucket = aws_s3_bucket.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-outgrow-good/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::acme-outgrow-good"
      },
      {
        Sid       = format("Readers%020d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(434) : format("arn:aws:s3:::acme-outgrow-good/teams/%03d/*", team)]
      }
    ]
  })
}
