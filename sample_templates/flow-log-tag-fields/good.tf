# A format without tags.

resource "aws_vpc" "tag_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "tag_good" {
  bucket = "acme-tag-good"
}

resource "aws_s3_bucket_policy" "tag_good" {
  bucket = aws_s3_bucket.tag_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.tag_good.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.tag_good.arn
      },
    ]
  })
}

resource "aws_flow_log" "tag_good" {
  vpc_id               = aws_vpc.tag_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.tag_good.arn
  log_format           = "$${version} $${interface-id} $${instance-id}"
  depends_on           = [aws_s3_bucket_policy.tag_good]
}
