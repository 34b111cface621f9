# The policy document shuts out everything that does not come from one VPC.

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
  bucket = "acme-denies-document"
}

resource "aws_s3_bucket_policy" "document" {
  bucket = aws_s3_bucket.document.id
  policy = data.aws_iam_policy_document.document.json
}

data "aws_iam_policy_document" "document" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.document.arn}/AWSLogs/${data.aws_caller_identity.document.account_id}/*"]

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

  statement { # expect: bucket-policy-denies-log-delivery
    sid       = "OnlyFromOurVpc"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.document.arn, "${aws_s3_bucket.document.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.document.id]
    }
  }
}

data "aws_caller_identity" "document" {}
