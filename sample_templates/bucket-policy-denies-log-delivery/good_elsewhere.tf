# The Deny guards another folder.

resource "aws_vpc" "elsewhere" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "elsewhere" {
  vpc_id               = aws_vpc.elsewhere.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.elsewhere.arn}/network"

  depends_on = [aws_s3_bucket_policy.elsewhere]
}

resource "aws_s3_bucket" "elsewhere" {
  bucket = "acme-denies-elsewhere"
}

resource "aws_s3_bucket_policy" "elsewhere" {
  bucket = aws_s3_bucket.elsewhere.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.elsewhere.arn}/*"
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.elsewhere.arn
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.elsewhere.arn}/reports/*"
      }
    ]
  })
}
