# The policy document lists 600 folders.

resource "aws_vpc" "document" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document" {
  vpc_id               = aws_vpc.document.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.document.arn

  depends_on = [aws_s3_bucket_policy.document]
}

resource "aws_s3_bucket" "document" {
  bucket = "acme-size-document"
}

resource "aws_s3_bucket_policy" "document" {
  bucket = aws_s3_bucket.document.id
  policy = data.aws_iam_policy_document.document.json # expect: bucket-policy-too-large
}

data "aws_iam_policy_document" "document" {
  statement {
    sid       = "LogDelivery"
    actions   = ["s3:PutObject", "s3:GetBucketAcl"]
    resources = [aws_s3_bucket.document.arn, "${aws_s3_bucket.document.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }

  statement {
    sid       = "Readers"
    actions   = ["s3:GetObject"]
    resources = [for team in range(600) : "${aws_s3_bucket.document.arn}/teams/${team}/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }
}
