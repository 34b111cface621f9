"""One graph for both languages: what one creates and the other names by its literal name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.records import dataclass
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]

FLOW_LOG_TF = """\
resource "aws_flow_log" "vpc" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-central-logs/vpc"
}
"""
FLOW_LOG_CFN = """\
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-central-logs/vpc
"""
BUCKET_CFN = """\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}
            Action: kms:*
            Resource: "*"
          - Effect: Allow
            Principal: {Service: delivery.logs.amazonaws.com}
            Action: kms:GenerateDataKey*
            Resource: "*"
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-central-logs
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms
              KMSMasterKeyID: !GetAtt Key.Arn
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: acme-central-logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: delivery.logs.amazonaws.com}
            Action: s3:PutObject
            Resource: arn:aws:s3:::acme-central-logs/vpc/*
            Condition:
              StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}
          - Effect: Allow
            Principal: {Service: delivery.logs.amazonaws.com}
            Action: s3:GetBucketAcl
            Resource: arn:aws:s3:::acme-central-logs
"""
BUCKET_TF = """\
data "aws_caller_identity" "current" {}

resource "aws_kms_key" "logs" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "kms:GenerateDataKey*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-central-logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.logs.arn
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs.arn}/vpc/*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.logs.arn
      },
    ]
  })
}
"""
LOG_GROUP_CFN = """\
Resources:
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /acme/flow}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: acme-flow
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: vpc-flow-logs.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: write
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  [logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogStreams]
                Resource: !GetAtt Group.Arn
"""
TO_LOG_GROUP_TF = """\
resource "aws_flow_log" "vpc" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/acme/flow"
  iam_role_arn    = "arn:aws:iam::111122223333:role/acme-flow"
}
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A flow log in one language, and in the other what it is delivered to."""

    flow_log: tuple[str, str]
    bucket: tuple[str, str]

    def with_fault(self, old: str, new: str) -> dict[str, str]:
        """Both files, the bucket's with a fault in it."""
        name, text = self.bucket
        assert old in text
        return {self.flow_log[0]: self.flow_log[1], name: text.replace(old, new)}


TERRAFORM = Pair(("net/main.tf", FLOW_LOG_TF), ("stacks/logs.yaml", BUCKET_CFN))
CLOUDFORMATION = Pair(("stacks/net.yaml", FLOW_LOG_CFN), ("logs/main.tf", BUCKET_TF))
BOTH = pytest.mark.parametrize("pair", [TERRAFORM, CLOUDFORMATION], ids=["terraform", "cfn"])


def judged(account: str = "111122223333") -> Report:
    settings = Settings(account=account, region="eu-west-1")
    report = run([Path()], Options(settings))
    assert report.diagnostics == ()
    return report


def verdict(report: Report) -> Verdict:
    (one,) = report.deliveries
    return one.verdict


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.span.file) for one in report.findings]


@BOTH
def test_bucket_policy_and_key_of_the_other_language_are_judged(tree: Tree, pair: Pair) -> None:
    tree(pair.with_fault("Version", "Version"))
    report = judged()
    assert (verdict(report), report.findings) == (Verdict.WILL_WORK, ())


@BOTH
def test_without_it_the_bucket_is_missing(tree: Tree, pair: Pair) -> None:
    tree(dict([pair.flow_log]))
    report = judged()
    assert verdict(report) is Verdict.MAY_FAIL
    assert found(report) == [("flow-log-bucket-missing", pair.flow_log[0])]


@BOTH
def test_a_policy_of_the_other_language_that_lets_nothing_in(tree: Tree, pair: Pair) -> None:
    tree(pair.with_fault("/vpc/*", "/web/*"))
    report = judged()
    assert verdict(report) is Verdict.MAY_FAIL
    assert found(report) == [("bucket-policy-refuses-log-delivery", pair.bucket[0])]


@BOTH
def test_a_key_of_the_other_language_that_refuses(tree: Tree, pair: Pair) -> None:
    tree(pair.with_fault("kms:GenerateDataKey*", "kms:Sign"))
    report = judged()
    assert verdict(report) is Verdict.WILL_FAIL
    assert found(report) == [("key-policy-refuses-log-delivery", pair.bucket[0])]


@BOTH
def test_nobody_says_that_both_are_deployed_to_one_account(tree: Tree, pair: Pair) -> None:
    tree(pair.with_fault("Version", "Version"))
    assert verdict(judged(account="")) is Verdict.CANNOT_TELL


def test_an_alias_of_the_other_language_leads_to_its_key(tree: Tree) -> None:
    arn = "arn:aws:kms:eu-west-1:111122223333:alias/acme-logs"
    text = BUCKET_TF[BUCKET_TF.index('resource "aws_s3_bucket" "logs"') :]
    bucket = text.replace("aws_kms_key.logs.arn", f'"{arn}"')
    bucket = 'data "aws_caller_identity" "current" {}\n' + bucket
    key = BUCKET_CFN[: BUCKET_CFN.index("  Bucket:")] + (
        "  Alias:\n    Type: AWS::KMS::Alias\n"
        "    Properties: {AliasName: alias/acme-logs, TargetKeyId: !Ref Key}\n"
    )
    tree({"net.yaml": FLOW_LOG_CFN, "logs/main.tf": bucket, "key.yaml": key})
    assert verdict(judged()) is Verdict.WILL_WORK
    tree({"key.yaml": key.replace("kms:GenerateDataKey*", "kms:Sign")})
    report = judged()
    assert verdict(report) is Verdict.WILL_FAIL
    assert found(report) == [("key-policy-refuses-log-delivery", "key.yaml")]


def test_log_group_and_role_of_the_other_language_are_judged(tree: Tree) -> None:
    tree({"net/main.tf": TO_LOG_GROUP_TF, "logs.yaml": LOG_GROUP_CFN})
    report = judged()
    assert (verdict(report), report.findings) == (Verdict.WILL_WORK, ())
    tree({"logs.yaml": LOG_GROUP_CFN.replace("logs:PutLogEvents, ", "")})
    report = judged()
    assert verdict(report) is Verdict.WILL_FAIL
    assert found(report) == [("role-may-not-write-logs", "logs.yaml")]
