# The format holds a tag, and nothing says which.

resource "aws_vpc" "tag_bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "tag_bad" {
  bucket = "acme-tag-bad"
}

resource "aws_s3_bucket_policy" "tag_bad" {
  bucket = aws_s3_bucket.tag_bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.tag_bad.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.tag_bad.arn
      },
    ]
  })
}

resource "aws_flow_log" "tag_bad" {
  vpc_id               = aws_vpc.tag_bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.tag_bad.arn
  log_format           = "$${version} $${interface-id} $${instance-tag}" # expect: flow-log-tag-fields
  depends_on           = [aws_s3_bucket_policy.tag_bad]
}
