# The owner pays.

resource "aws_vpc" "pays_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "pays_good" {
  bucket = "acme-pays-good"
}

resource "aws_s3_bucket_policy" "pays_good" {
  bucket = aws_s3_bucket.pays_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.pays_good.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.pays_good.arn
      },
    ]
  })
}

resource "aws_flow_log" "pays_good" {
  vpc_id               = aws_vpc.pays_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.pays_good.arn
  depends_on           = [aws_s3_bucket_policy.pays_good]
}

resource "aws_s3_bucket_request_payment_configuration" "pays_good" {
  bucket = aws_s3_bucket.pays_good.id
  payer  = "BucketOwner"
}
