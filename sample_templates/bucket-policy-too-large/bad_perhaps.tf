# 23,486 bytes: S3 may still shorten this to fit when it normalizes the policy.

resource "aws_vpc" "perhaps" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "perhaps" {
  vpc_id               = aws_vpc.perhaps.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.perhaps.arn

  depends_on = [aws_s3_bucket_policy.perhaps]
}

resource "aws_s3_bucket" "perhaps" {
  bucket = "acme-size-perhaps"
}

resource "aws_s3_bucket_policy" "perhaps" {
  bucket = aws_s3_bucket.perhaps.id
  policy = jsonencode({ # expect: bucket-policy-too-large
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-size-perhaps/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::acme-size-perhaps"
      },
      {
        Sid       = format("Readers%041d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(511) : format("arn:aws:s3:::acme-size-perhaps/teams/%03d/*", team)]
      }
    ]
  })
}
