# One flow log more than a VPC may have.

resource "aws_vpc" "bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad" { # expect: flow-log-quota
  count                = 251
  vpc_id               = aws_vpc.bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.bad.arn}/${count.index}"
  depends_on           = [aws_s3_bucket_policy.bad]
}

resource "aws_s3_bucket" "bad" {
  bucket = "acme-quota-bad"
}

resource "aws_s3_bucket_policy" "bad" {
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["s3:PutObject", "s3:GetBucketAcl"]
      Resource  = [aws_s3_bucket.bad.arn, "${aws_s3_bucket.bad.arn}/*"]
    }]
  })
}
