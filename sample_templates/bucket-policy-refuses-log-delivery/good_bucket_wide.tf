# One grant on the whole bucket, without conditions, covers every folder.

resource "aws_vpc" "bucket_wide" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "bucket_wide" {
  vpc_id               = aws_vpc.bucket_wide.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.bucket_wide.arn}/anything/at/all"

  depends_on = [aws_s3_bucket_policy.bucket_wide]
}

resource "aws_s3_bucket" "bucket_wide" {
  bucket = "acme-refuses-bucket-wide"
}

resource "aws_s3_bucket_policy" "bucket_wide" {
  bucket = aws_s3_bucket.bucket_wide.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.bucket_wide.arn}/*"
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.bucket_wide.arn
      }
    ]
  })
}
