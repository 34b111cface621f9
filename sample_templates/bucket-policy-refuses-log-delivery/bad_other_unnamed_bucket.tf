# The statement for the objects names another bucket; AWS makes both names up, and they cannot be the same.

resource "aws_vpc" "other_unnamed" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_unnamed" {
  vpc_id               = aws_vpc.other_unnamed.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.other_unnamed.arn
  depends_on           = [aws_s3_bucket_policy.other_unnamed]
}

resource "aws_s3_bucket" "other_unnamed" {
  bucket_prefix = "acme-logs-"
}

resource "aws_s3_bucket" "other_unnamed_archive" {
  bucket_prefix = "acme-logs-"
}

data "aws_caller_identity" "other_unnamed" {}

resource "aws_s3_bucket_policy" "other_unnamed" {
  bucket = aws_s3_bucket.other_unnamed.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.other_unnamed_archive.arn}/AWSLogs/${data.aws_caller_identity.other_unnamed.account_id}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.other_unnamed.arn
      },
    ]
  })
}
