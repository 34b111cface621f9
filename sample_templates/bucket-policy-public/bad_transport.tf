# A condition on the transport narrows nothing.

resource "aws_vpc" "public_transport" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "public_transport" {
  bucket = "acme-public-transport"
}

resource "aws_s3_bucket_policy" "public_transport" {
  bucket = aws_s3_bucket.public_transport.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: bucket-policy-public
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:GetBucketAcl"]
        Resource  = [aws_s3_bucket.public_transport.arn, "${aws_s3_bucket.public_transport.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "true" } }
      },
    ]
  })
}

resource "aws_flow_log" "public_transport" {
  vpc_id               = aws_vpc.public_transport.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.public_transport.arn
  depends_on           = [aws_s3_bucket_policy.public_transport]
}

resource "aws_s3_bucket_public_access_block" "public_transport" {
  bucket = aws_s3_bucket.public_transport.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
