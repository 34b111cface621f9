"""Condition keys that tell whose a bucket is, and in which region it is called.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
<https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>
"""

from __future__ import annotations

import json

import pytest

from tests.delivery.bucket_templates import (
    ACCOUNT,
    LANGUAGES,
    OTHER,
    REGION,
    Language,
    Statement,
    Tree,
    allow,
    allow_if,
    deny_if,
    deny_put_if,
    reported,
)
from validator.outcomes import Verdict

WORKS, FAILS = Verdict.WILL_WORK, Verdict.WILL_FAIL
LATER, OPEN = Verdict.MAY_FAIL, Verdict.CANNOT_TELL
ABROAD = "us-east-1"
REQUESTED = "aws:RequestedRegion"

CASES: list[tuple[Statement, Verdict]] = [
    (deny_if("StringNotEquals", REQUESTED, [REGION]), WORKS),
    (deny_if("StringNotEquals", REQUESTED, [ABROAD]), FAILS),
    (deny_if("StringNotLike", REQUESTED, "eu-*"), WORKS),
    (deny_if("Null", REQUESTED, True), WORKS),
    (allow_if("StringEquals", REQUESTED, REGION), WORKS),
    (allow_if("StringEquals", REQUESTED, ABROAD), LATER),
    (deny_if("StringNotEquals", "s3:ResourceAccount", [ACCOUNT]), WORKS),
    (deny_if("StringNotEquals", "s3:ResourceAccount", [OTHER]), FAILS),
    (deny_if("StringNotEquals", "aws:ResourceAccount", "${aws:SourceAccount}"), WORKS),
    (allow_if("StringEquals", "s3:resourceaccount", ACCOUNT), WORKS),
    # What other calls carry.
    (allow_if("StringLike", "s3:prefix", "AWSLogs/*"), LATER),
    (allow_if("StringLikeIfExists", "s3:prefix", "home/*"), WORKS),
    (deny_put_if("StringNotEquals", "s3:VersionId", "1"), FAILS),
    (deny_put_if("Null", "s3:x-amz-grant-write-acp", False), WORKS),
    (deny_if("StringEquals", "s3:AccessPointNetworkOrigin", "Internet"), WORKS),
    # What AWS does not say stays open.
    (deny_put_if("StringNotEquals", "s3:x-amz-storage-class", "STANDARD"), OPEN),
]
FAR = """
provider "aws" {{
  region = "{region}"
}}
provider "aws" {{
  alias  = "abroad"
  region = "{abroad}"
}}
resource "aws_s3_bucket" "logs" {{
  provider = aws.abroad
  bucket   = "acme-logs"
}}
resource "aws_s3_bucket_policy" "logs" {{
  provider = aws.abroad
  bucket   = aws_s3_bucket.logs.id
  policy   = jsonencode({document})
}}
resource "aws_flow_log" "main" {{
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}}
"""


def beside(statement: Statement) -> str:
    statements = [statement] if statement["Effect"] == "Allow" else [allow(), statement]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


@LANGUAGES
@pytest.mark.parametrize(("statement", "verdict"), CASES)
def test_what_the_files_tell_of_the_bucket(
    tree: Tree, language: Language, statement: Statement, verdict: Verdict
) -> None:
    [delivery] = reported(tree, *language(json.loads(beside(statement)))).deliveries
    assert delivery.verdict is verdict


@pytest.mark.parametrize(
    ("regions", "verdict"),
    [
        ([REGION, ABROAD], WORKS),
        (["*-1", "*-central-?"], WORKS),
        ([ABROAD], OPEN),
        ([REGION], OPEN),
        (["ap-south-1"], FAILS),
    ],
)
def test_in_which_of_two_regions_a_bucket_is_called_nobody_says(
    tree: Tree, regions: list[str], verdict: Verdict
) -> None:
    """The bucket lies in another region than what is watched."""
    document = beside(deny_if("StringNotLike", REQUESTED, regions))
    written = FAR.format(region=REGION, abroad=ABROAD, document=document)
    [delivery] = reported(tree, "main.tf", written).deliveries
    assert delivery.verdict is verdict
    asked = [
        "whether log delivery calls the bucket's region or the flow log's" in fact.fact
        for fact in delivery.open
    ]
    assert asked == ([True] if verdict is OPEN else [])
