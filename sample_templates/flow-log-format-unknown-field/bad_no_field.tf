# A field is written in braces behind a dollar sign.

resource "aws_vpc" "format_no_field" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "format_no_field" {
  bucket = "acme-format-no-field"
}

resource "aws_s3_bucket_policy" "format_no_field" {
  bucket = aws_s3_bucket.format_no_field.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.format_no_field.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.format_no_field.arn
      },
    ]
  })
}

resource "aws_flow_log" "format_no_field" {
  vpc_id               = aws_vpc.format_no_field.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.format_no_field.arn
  log_format           = "version vpc-id srcaddr" # expect: flow-log-format-unknown-field
  depends_on           = [aws_s3_bucket_policy.format_no_field]
}
