"""Templates with one known fault, and what is said of the ignores in them."""

from __future__ import annotations

from pathlib import Path

from validator.config import Options
from validator.engine import run
from validator.records import replace
from validator.reports import Report

RULE = "flow-log-bucket-missing"
NOTE = f"predeploy: ignore[{RULE}] the platform team has it"
LOG = """\
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
}
"""
GOOD = """\
resource "aws_cloudwatch_log_group" "a" {
  name = "/flow"
}
resource "aws_iam_role" "a" {
  name = "flow"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
    }]
  })
  inline_policy {
    name   = "write"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups",
          "logs:DescribeLogStreams", "logs:CreateLogGroup",
        ]
      }]
    })
  }
}
resource "aws_flow_log" "a" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.a.arn
  iam_role_arn    = aws_iam_role.a.arn
}
"""
TEMPLATE = """\
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs
"""


def judged(*paths: str, **options: object) -> Report:
    return run([Path(one) for one in paths or (".",)], replace(Options(), **options))  # type: ignore[arg-type]


def marked(report: Report, rule: str = RULE) -> list[tuple[str, str | None]]:
    """Each finding of a rule: what it hangs at, and the reason why it is ignored."""
    return [
        (one.name, one.ignored.reason if one.ignored else None)
        for one in report.findings
        if one.rule == rule
    ]


def about(report: Report) -> list[tuple[str, int, str]]:
    """What is said of the ignores themselves."""
    return [
        (one.rule, one.span.line, one.message)
        for one in report.findings
        if "ignore" in one.rule and one.ignored is None
    ]


BUCKET = """\
resource "aws_s3_bucket" "b" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.k.id
    }
  }
}
resource "aws_kms_key" "k" {}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.p.json
}
data "aws_iam_policy_document" "p" {
  statement {
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
"""
KEY_RULE = "bucket-key-id-not-arn"
DENY_RULE = "bucket-policy-denies-log-delivery"
KEY_NOTE = NOTE.replace(RULE, KEY_RULE)
TO_BUCKET = LOG.replace('"arn:aws:s3:::acme-logs"', "aws_s3_bucket.b.arn")
LINE = '  log_destination      = "arn:aws:s3:::acme-logs"'
METADATA = f"""\
    Metadata:
      predeploy:
        ignore:
          - rule: {RULE}
            reason: the platform team has it
"""
