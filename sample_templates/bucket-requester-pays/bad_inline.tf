# Whoever writes is to pay.

resource "aws_vpc" "pays_inline" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "pays_inline" {
  bucket = "acme-pays-inline"

  request_payer = "Requester" # expect: bucket-requester-pays
}

resource "aws_s3_bucket_policy" "pays_inline" {
  bucket = aws_s3_bucket.pays_inline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.pays_inline.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.pays_inline.arn
      },
    ]
  })
}

resource "aws_flow_log" "pays_inline" {
  vpc_id               = aws_vpc.pays_inline.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.pays_inline.arn
  depends_on           = [aws_s3_bucket_policy.pays_inline]
}
