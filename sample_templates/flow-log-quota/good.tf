# As many flow logs as a VPC may have.

resource "aws_vpc" "good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "good" {
  count                = 250
  vpc_id               = aws_vpc.good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.good.arn}/${count.index}"
  depends_on           = [aws_s3_bucket_policy.good]
}

resource "aws_s3_bucket" "good" {
  bucket = "acme-quota-good"
}

resource "aws_s3_bucket_policy" "good" {
  bucket = aws_s3_bucket.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["s3:PutObject", "s3:GetBucketAcl"]
      Resource  = [aws_s3_bucket.good.arn, "${aws_s3_bucket.good.arn}/*"]
    }]
  })
}
