# Both file formats that there are.

resource "aws_vpc" "options_parquet" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "options_parquet" {
  bucket = "acme-options-parquet"
}

resource "aws_s3_bucket_policy" "options_parquet" {
  bucket = aws_s3_bucket.options_parquet.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.options_parquet.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.options_parquet.arn
      },
    ]
  })
}

resource "aws_flow_log" "options_parquet" {
  vpc_id               = aws_vpc.options_parquet.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.options_parquet.arn

  destination_options {
    file_format        = "parquet"
    per_hour_partition = true
  }

  depends_on           = [aws_s3_bucket_policy.options_parquet]
}
