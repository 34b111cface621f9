# A folder a team makes the policy longer than the 20,480 bytes it may have.

resource "aws_vpc" "bad" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bad" {
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad.arn

  depends_on = [aws_s3_bucket_policy.bad]
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-size-bad"
}

resource "aws_s3_bucket_policy" "bad" {
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({ # expect: bucket-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-size-bad/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::acme-size-bad"
      },
      {
        Sid       = format("Readers%025d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(613) : format("arn:aws:s3:::acme-size-bad/teams/%03d/*", team)]
      }
    ]
  })
}
