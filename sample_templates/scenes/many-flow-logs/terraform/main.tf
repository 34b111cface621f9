# Eighty subnets, each with a folder of its own in one bucket: the grant covers the whole bucket, so AWS adds
# nothing to its policy, however many there are.
provider "aws" {
  region = "us-east-1"
}

locals {
  zones   = ["a", "b", "c", "d"]
  subnets = { for number in range(80) : format("%s-%02d", local.zones[number % 4], number) => number }
}

data "aws_caller_identity" "current" {}

resource "aws_vpc" "campus" {
  cidr_block = "10.160.0.0/16"
}

resource "aws_subnet" "campus" {
  for_each = local.subnets

  vpc_id            = aws_vpc.campus.id
  cidr_block        = cidrsubnet(aws_vpc.campus.cidr_block, 8, each.value)
  availability_zone = "us-east-1${split("-", each.key)[0]}"

  tags = { Name = each.key }
}

resource "aws_s3_bucket" "campus" {
  bucket = "acme-campus-flow-logs"
}

resource "aws_s3_bucket_policy" "campus" {
  bucket = aws_s3_bucket.campus.id
  policy = data.aws_iam_policy_document.campus.json
}

data "aws_iam_policy_document" "campus" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.campus.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.campus.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}

resource "aws_flow_log" "campus" {
  for_each = aws_subnet.campus

  subnet_id            = each.value.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.campus.arn}/campus/${each.key}"

  depends_on = [aws_s3_bucket_policy.campus]
}
