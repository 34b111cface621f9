# A null is no key.

resource "aws_vpc" "refused_null" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "refused_null" {
  bucket = "acme-refused-null"
}

resource "aws_s3_bucket_policy" "refused_null" {
  bucket = aws_s3_bucket.refused_null.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.refused_null.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.refused_null.arn
      },
    ]
  })
}

resource "aws_flow_log" "refused_null" {
  vpc_id               = aws_vpc.refused_null.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.refused_null.arn
  depends_on           = [aws_s3_bucket_policy.refused_null]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "refused_null" {
  bucket = aws_s3_bucket.refused_null.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "AES256"
      kms_master_key_id = null
    }
  }
}
