# There is no such file format.

resource "aws_vpc" "options_json" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "options_json" {
  bucket = "acme-options-json"
}

resource "aws_s3_bucket_policy" "options_json" {
  bucket = aws_s3_bucket.options_json.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.options_json.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.options_json.arn
      },
    ]
  })
}

resource "aws_flow_log" "options_json" {
  vpc_id               = aws_vpc.options_json.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.options_json.arn

  destination_options {
    file_format = "json" # expect: flow-log-destination-options
  }

  depends_on           = [aws_s3_bucket_policy.options_json]
}
