# S3 encrypts with its own keys.

resource "aws_vpc" "refused_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "refused_good" {
  bucket = "acme-refused-good"
}

resource "aws_s3_bucket_policy" "refused_good" {
  bucket = aws_s3_bucket.refused_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.refused_good.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.refused_good.arn
      },
    ]
  })
}

resource "aws_flow_log" "refused_good" {
  vpc_id               = aws_vpc.refused_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.refused_good.arn
  depends_on           = [aws_s3_bucket_policy.refused_good]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "refused_good" {
  bucket = aws_s3_bucket.refused_good.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
