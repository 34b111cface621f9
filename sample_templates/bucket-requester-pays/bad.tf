# Whoever writes is to pay.

resource "aws_vpc" "pays_bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "pays_bad" {
  bucket = "acme-pays-bad"
}

resource "aws_s3_bucket_policy" "pays_bad" {
  bucket = aws_s3_bucket.pays_bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.pays_bad.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.pays_bad.arn
      },
    ]
  })
}

resource "aws_flow_log" "pays_bad" {
  vpc_id               = aws_vpc.pays_bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.pays_bad.arn
  depends_on           = [aws_s3_bucket_policy.pays_bad]
}

resource "aws_s3_bucket_request_payment_configuration" "pays_bad" {
  bucket = aws_s3_bucket.pays_bad.id
  payer  = "Requester" # expect: bucket-requester-pays
}
