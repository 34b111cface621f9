# The policy document spares AWS's own services.

resource "aws_vpc" "document_exempt" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "document_exempt" {
  vpc_id               = aws_vpc.document_exempt.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.document_exempt.arn

  depends_on = [aws_s3_bucket_policy.document_exempt]
}

resource "aws_s3_bucket" "document_exempt" {
  bucket = "acme-denies-document-good"
}

resource "aws_s3_bucket_policy" "document_exempt" {
  bucket = aws_s3_bucket.document_exempt.id
  policy = data.aws_iam_policy_document.document_exempt.json
}

data "aws_iam_policy_document" "document_exempt" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.document_exempt.arn}/AWSLogs/${data.aws_caller_identity.document_exempt.account_id}/*"]

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
      values   = [data.aws_caller_identity.document_exempt.account_id]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.document_exempt.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }

  statement {
    sid       = "OnlyFromOurVpc"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.document_exempt.arn, "${aws_s3_bucket.document_exempt.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.document_exempt.id]
    }

    condition {
      test     = "Bool"
      variable = "aws:PrincipalIsAWSService"
      values   = ["false"]
    }
  }
}

data "aws_caller_identity" "document_exempt" {}
