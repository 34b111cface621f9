# The same grants as a policy document.

resource "aws_vpc" "document_with_acl" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document_with_acl" {
  vpc_id               = aws_vpc.document_with_acl.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.document_with_acl.arn

  depends_on = [aws_s3_bucket_policy.document_with_acl]
}

resource "aws_s3_bucket" "document_with_acl" {
  bucket = "acme-refuses-document-good"
}

resource "aws_s3_bucket_policy" "document_with_acl" {
  bucket = aws_s3_bucket.document_with_acl.id
  policy = data.aws_iam_policy_document.document_with_acl.json
}

data "aws_iam_policy_document" "document_with_acl" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.document_with_acl.arn}/AWSLogs/${data.aws_caller_identity.document_with_acl.account_id}/*"]

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
      values   = [data.aws_caller_identity.document_with_acl.account_id]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.document_with_acl.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }

}

data "aws_caller_identity" "document_with_acl" {}
