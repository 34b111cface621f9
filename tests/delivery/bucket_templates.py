"""A flow log to a bucket whose policy a test gives, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from validator.config import Options
from validator.engine import run
from validator.readers import Settings
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]
Statement = dict[str, Any]
Language = Callable[[Any], tuple[str, str]]

ACCOUNT, OTHER, REGION = "111122223333", "444455556666", "eu-central-1"
BUCKET = "arn:aws:s3:::acme-logs"
SERVICE = "delivery.logs.amazonaws.com"
TRAIL = "cloudtrail.amazonaws.com"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
TERRAFORM = """
provider "aws" {{
  region = "{region}"
}}
resource "aws_s3_bucket" "logs" {{
  bucket = "acme-logs"
}}
resource "aws_s3_bucket_policy" "logs" {{
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({document})
}}
resource "aws_flow_log" "main" {{
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}}
"""


def terraform(document: Any) -> tuple[str, str]:
    written = json.dumps(document, indent=2).replace("${", "$${")
    return "main.tf", TERRAFORM.format(region=REGION, document=written)


def template(document: Any) -> tuple[str, str]:
    resources = {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "acme-logs"}},
        "Policy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": document},
        },
        "FlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "DependsOn": "Policy",
            "Properties": {
                "ResourceId": "vpc-1",
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogDestinationType": "s3",
                "LogDestination": {"Fn::GetAtt": "Bucket.Arn"},
            },
        },
    }
    return "stack.json", json.dumps({"Resources": resources}, indent=2)


def document(*statements: Any) -> Any:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def without(base: Statement, changes: Statement) -> Statement:
    names = {name.removeprefix("Not") for name in changes}
    return {name: value for name, value in base.items() if name not in names} | changes


def allow(**changes: Any) -> Statement:
    """Log delivery may write and look, but for the changes."""
    base = {
        "Effect": "Allow",
        "Principal": {"Service": SERVICE},
        "Action": ["s3:PutObject", "s3:GetBucketAcl"],
        "Resource": [BUCKET, f"{BUCKET}/*"],
    }
    return without(base, changes)


def allow_if(operator: str, key: str, value: Any, **changes: Any) -> Statement:
    return allow(Condition={operator: {key: value}}, **changes)


def deny(**changes: Any) -> Statement:
    """Nobody may do anything, but for the changes."""
    base = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [BUCKET, f"{BUCKET}/*"],
    }
    return without(base, changes)


def deny_if(operator: str, key: str, value: Any, **changes: Any) -> Statement:
    return deny(Condition={operator: {key: value}}, **changes)


def deny_put_if(operator: str, key: str, value: Any) -> Statement:
    return deny_if(operator, key, value, Action="s3:PutObject", Resource=f"{BUCKET}/*")


def reported(tree: Tree, name: str, text: str) -> Report:
    """What is said of a template, deployed to this account and region."""
    options = Options(settings=Settings(account=ACCOUNT, region=REGION))
    report = run([tree({name: text})], options)
    assert report.diagnostics == ()
    return report


LANGUAGES = pytest.mark.parametrize("language", [terraform, template], ids=["tf", "cfn"])
