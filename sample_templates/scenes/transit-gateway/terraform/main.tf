# Flow logs of a transit gateway and of its attachment: every 60 seconds, without a traffic type.
provider "aws" {
  region = "us-west-2"
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  # The default format of transit gateway flow logs, written out.
  fields = [
    "version", "resource-type", "account-id", "tgw-id", "tgw-attachment-id", "tgw-src-vpc-account-id",
    "tgw-dst-vpc-account-id", "tgw-src-vpc-id", "tgw-dst-vpc-id", "tgw-src-subnet-id", "tgw-dst-subnet-id",
    "tgw-src-eni", "tgw-dst-eni", "tgw-src-az-id", "tgw-dst-az-id", "tgw-pair-attachment-id", "srcaddr", "dstaddr",
    "srcport", "dstport", "protocol", "packets", "bytes", "start", "end", "log-status", "type",
    "packets-lost-no-route", "packets-lost-blackhole", "packets-lost-mtu-exceeded", "packets-lost-ttl-expired",
    "tcp-flags", "region", "flow-direction", "pkt-src-aws-service", "pkt-dst-aws-service",
  ]
}

resource "aws_vpc" "hub" {
  cidr_block = "10.90.0.0/16"
}

resource "aws_subnet" "hub" {
  vpc_id     = aws_vpc.hub.id
  cidr_block = "10.90.1.0/24"
}

resource "aws_ec2_transit_gateway" "core" {
  description = "Core"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "hub" {
  transit_gateway_id = aws_ec2_transit_gateway.core.id
  vpc_id             = aws_vpc.hub.id
  subnet_ids         = [aws_subnet.hub.id]
}

resource "aws_s3_bucket" "core" {
  bucket = "acme-core-transit-logs"
}

data "aws_iam_policy_document" "core" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.core.arn}/tgw/AWSLogs/${data.aws_caller_identity.current.account_id}/*"]

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
    sid       = "AWSLogDeliveryCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.core.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "core" {
  bucket = aws_s3_bucket.core.id
  policy = data.aws_iam_policy_document.core.json
}

resource "aws_flow_log" "core" {
  transit_gateway_id       = aws_ec2_transit_gateway.core.id
  log_destination_type     = "s3"
  log_destination          = "${aws_s3_bucket.core.arn}/tgw"
  max_aggregation_interval = 60
  log_format               = join(" ", formatlist("$${%s}", local.fields))

  depends_on = [aws_s3_bucket_policy.core]
}

resource "aws_flow_log" "hub" {
  transit_gateway_attachment_id = aws_ec2_transit_gateway_vpc_attachment.hub.id
  log_destination               = aws_cloudwatch_log_group.hub.arn
  iam_role_arn                  = aws_iam_role.hub.arn
  max_aggregation_interval      = 60
}

resource "aws_cloudwatch_log_group" "hub" {
  name              = "/transit-gateway/hub"
  retention_in_days = 30
}

resource "aws_iam_role" "hub" {
  name               = "transit-gateway-hub-logs"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:ec2:us-west-2:${data.aws_caller_identity.current.account_id}:vpc-flow-log/*"]
    }
  }
}

resource "aws_iam_role_policy" "hub" {
  role   = aws_iam_role.hub.name
  policy = data.aws_iam_policy_document.write.json
}

data "aws_iam_policy_document" "write" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = [aws_cloudwatch_log_group.hub.arn, "${aws_cloudwatch_log_group.hub.arn}:*"]
  }
}
