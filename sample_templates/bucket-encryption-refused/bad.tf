# A key is given, and the algorithm takes none.

resource "aws_vpc" "refused_bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "refused_bad" {
  bucket = "acme-refused-bad"
}

resource "aws_s3_bucket_policy" "refused_bad" {
  bucket = aws_s3_bucket.refused_bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.refused_bad.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.refused_bad.arn
      },
    ]
  })
}

resource "aws_flow_log" "refused_bad" {
  vpc_id               = aws_vpc.refused_bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.refused_bad.arn
  depends_on           = [aws_s3_bucket_policy.refused_bad]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "refused_bad" {
  bucket = aws_s3_bucket.refused_bad.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "AES256"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0d9f6bfc-4e1b-4a53-8b4c-6f0e0f6a2f5a" # expect: bucket-encryption-refused
    }
  }
}
