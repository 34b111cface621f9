# The policy is 20,000 bytes long already; what AWS adds for the flow log does not fit any more.

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
  bucket = "acme-outgrow-bad"
}

resource "aws_s3_bucket_policy" "bad" {
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({ # expect: bucket-policy-will-outgrow-limit
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = format("Readers%037d", 0)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "s3:GetObject"
        Resource  = [for team in range(450) : format("arn:aws:s3:::acme-outgrow-bad/teams/%03d/*", team)]
      }
    ]
  })
}
