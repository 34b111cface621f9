# The policy document spells the folder AWSlogs; keys keep their capitals.

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
  bucket = "acme-refuses-document"
}

resource "aws_s3_bucket_policy" "document" {
  bucket = aws_s3_bucket.document.id
  policy = data.aws_iam_policy_document.document.json # expect: bucket-policy-refuses-log-delivery
}

data "aws_iam_policy_document" "document" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.document.arn}/AWSlogs/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.document.account_id]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.document.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }

}

data "aws_caller_identity" "document" {}
