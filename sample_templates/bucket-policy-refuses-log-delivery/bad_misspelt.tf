# There is no action s3:PutObjects.

resource "aws_vpc" "misspelt" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "misspelt" {
  vpc_id               = aws_vpc.misspelt.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.misspelt.arn
  depends_on           = [aws_s3_bucket_policy.misspelt]
}

resource "aws_s3_bucket" "misspelt" {
  bucket = "acme-refuses-misspelt"
}

resource "aws_s3_bucket_policy" "misspelt" {
  bucket = aws_s3_bucket.misspelt.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObjects"
        Resource  = "${aws_s3_bucket.misspelt.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.misspelt.arn
      },
    ]
  })
}
