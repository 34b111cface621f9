# There is no such algorithm.

resource "aws_vpc" "refused_algorithm" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "refused_algorithm" {
  bucket = "acme-refused-algorithm"
}

resource "aws_s3_bucket_policy" "refused_algorithm" {
  bucket = aws_s3_bucket.refused_algorithm.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.refused_algorithm.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.refused_algorithm.arn
      },
    ]
  })
}

resource "aws_flow_log" "refused_algorithm" {
  vpc_id               = aws_vpc.refused_algorithm.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.refused_algorithm.arn
  depends_on           = [aws_s3_bucket_policy.refused_algorithm]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "refused_algorithm" {
  bucket = aws_s3_bucket.refused_algorithm.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws-kms" # expect: bucket-encryption-refused
    }
  }
}
