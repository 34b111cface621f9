"""Bucket policies as people write them, through both languages: what AWS makes of each.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.delivery.bucket_templates import (
    ACCOUNT,
    BUCKET,
    LANGUAGES,
    OTHER,
    REGION,
    ROOT,
    SERVICE,
    TRAIL,
    Language,
    Statement,
    Tree,
    allow,
    allow_if,
    deny,
    deny_if,
    deny_put_if,
    reported,
)
from validator.findings import Severity
from validator.outcomes import Verdict

WORKS, FAILS = Verdict.WILL_WORK, Verdict.WILL_FAIL
# AWS adds its own statements at first, and the next apply removes them.
LATER = Verdict.MAY_FAIL
# What AWS's documentation implies only.
RISKY = Verdict.MAY_FAIL
OPEN = Verdict.CANNOT_TELL

AWS_SERVICE = {"aws:PrincipalIsAWSService": "false"}
SOURCE = "aws:SourceArn"
MINE = f"{BUCKET}/AWSLogs/${{aws:SourceAccount}}/*"
HEADER = "s3:x-amz-server-side-encryption"

ALLOWS: list[tuple[Statement, Verdict]] = [
    # Who.
    (allow_if("StringEquals", "aws:SourceAccount", ACCOUNT, Principal="*"), WORKS),
    (allow_if("Bool", "aws:PrincipalIsAWSService", True, Principal="*"), WORKS),
    (allow_if("StringEquals", "aws:PrincipalServiceName", SERVICE, Principal="*"), WORKS),
    (
        allow_if(
            "ForAnyValue:StringEquals",
            "aws:PrincipalServiceNamesList",
            [TRAIL, SERVICE],
            Principal="*",
        ),
        WORKS,
    ),
    (allow_if("StringEquals", "aws:SourceVpce", "vpce-1", Principal="*"), LATER),
    (allow_if("StringEquals", "aws:SourceAccount", ACCOUNT, Principal={"AWS": "*"}), OPEN),
    (allow_if("StringEquals", "aws:SourceAccount", ACCOUNT, NotPrincipal={"AWS": ROOT}), OPEN),
    (allow(Principal={"Service": [SERVICE]}), WORKS),
    (allow(Principal={"Service": SERVICE, "AWS": ACCOUNT}), WORKS),
    (allow(Principal={"Service": "Delivery.Logs.amazonaws.com"}), FAILS),
    # What.
    (allow(NotAction="s3:Delete*"), WORKS),
    (allow(NotAction=["s3:Put*"]), FAILS),
    (allow(NotResource=f"{BUCKET}/private/*"), WORKS),
    (allow(NotResource=f"{BUCKET}/AWSLogs/*"), LATER),
    (allow(Action=["S3:PUTOBJECT", "s3:getbucketACL"]), WORKS),
    (allow(Resource="arn:aws:s3:::acme-log*"), WORKS),
    (allow(Resource=["arn:aws:s3:::acme-log?", "arn:aws:s3:::acme-log?/*"]), WORKS),
    (allow(Resource=[BUCKET, f"{BUCKET}/AWSLogs/{ACCOUNT}"]), LATER),
    (allow(Resource=[BUCKET, f"{BUCKET}/AWSLogs/{ACCOUNT}/vpcflowlogs/*/????/??/??/*"]), WORKS),
    (allow(Resource=[BUCKET, f"{BUCKET}/AWSLogs/{ACCOUNT}/vpcflowlogs/*/2026/*"]), LATER),
    (allow(Effect="allow"), FAILS),
    (allow(Sid="Log-Delivery: write!"), WORKS),
    # Keys that the request carries.
    (allow_if("StringEquals", "AWS:sourceACCOUNT", ACCOUNT), WORKS),
    (allow_if("StringEquals", "aws:SourceAccount", int(ACCOUNT)), WORKS),
    (allow_if("stringEquals", "aws:SourceAccount", ACCOUNT), OPEN),
    (allow_if("Null", "aws:SourceAccount", False), WORKS),
    (allow_if("Null", "aws:SourceAccount", "true"), LATER),
    (allow_if("Bool", "aws:SecureTransport", True), WORKS),
    (allow(Condition={}), WORKS),
    (allow(Condition={"StringEquals": {}}), WORKS),
    (allow_if("StringEquals", "aws:SourceOrgID", "o-1"), OPEN),
    (allow_if("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-1/*"), OPEN),
    # The ACL header goes with an object, not with a look at the bucket's ACL.
    (allow_if("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control"), LATER),
    # Keys that it does not carry.
    (allow_if("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1"), WORKS),
    (allow_if("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-1/*"), WORKS),
    (allow_if("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/*"), LATER),
    # ARNs.
    (allow_if("ArnLike", SOURCE, "arn:*:logs:*:*:*"), WORKS),
    (allow_if("ArnEquals", SOURCE, f"arn:aws:logs:{REGION}:{ACCOUNT}:*"), WORKS),
    (allow_if("ArnLike", SOURCE, f"arn:aws:logs::{ACCOUNT}:*"), LATER),
    (allow_if("ArnLike", SOURCE, "arn:aws:logs:*"), OPEN),
    (allow_if("ArnLike", SOURCE, f"arn:aws:*:{ACCOUNT}:*"), OPEN),
    (allow_if("StringLike", SOURCE, f"arn:aws:*:{ACCOUNT}:*"), WORKS),
    (allow_if("StringEquals", SOURCE, f"arn:aws:logs:{REGION}:{ACCOUNT}:*"), LATER),
    # Variables.
    (allow(Resource=[BUCKET, MINE]), WORKS),
    (allow(Resource=[BUCKET, f"{BUCKET}/${{aws:PrincipalTag/team, 'AWSLogs'}}/*"]), WORKS),
    (allow(Resource=[BUCKET, f"{BUCKET}/${{aws:PrincipalTag/team}}/*"]), LATER),
    (allow_if("ArnLike", SOURCE, "arn:aws:logs:*:${aws:SourceAccount}:*"), WORKS),
]

DENIES: list[tuple[Statement, Verdict]] = [
    # Who.
    (deny(NotPrincipal={"Service": SERVICE}), WORKS),
    (deny(NotPrincipal={"Service": [TRAIL, SERVICE], "AWS": ACCOUNT}), WORKS),
    (deny(NotPrincipal="*"), WORKS),
    (deny(NotPrincipal={"AWS": ROOT}), FAILS),
    (deny(NotPrincipal={"Service": TRAIL}), FAILS),
    (deny(Principal={"Service": TRAIL}), WORKS),
    (deny(Principal={"AWS": ACCOUNT}), WORKS),
    (deny(Principal={"AWS": "*"}), RISKY),
    # What.
    (deny(NotAction=["s3:Put*", "S3:GETBUCKET*"]), WORKS),
    (deny(NotAction="s3:GetObject"), FAILS),
    (deny(NotResource=f"{BUCKET}/AWSLogs/*"), FAILS),
    (deny(NotResource=[BUCKET, f"{BUCKET}/AWSLogs/*"]), WORKS),
    (deny(NotResource=f"{BUCKET}/AWSLogs/*", Action="s3:PutObject"), WORKS),
    (deny(NotResource=[BUCKET, f"{BUCKET}/${{aws:PrincipalTag/team}}/*"]), OPEN),
    (deny(Action="S3:PUTOBJECT", Resource=f"{BUCKET}/*"), FAILS),
    (deny(Action=["s3:Delete*", "s3:PutObjectAcl", "s3:PutObjectTagging"]), WORKS),
    (deny(Resource=f"{BUCKET}/AWSLogs/*/vpcflowlogs/*/2026/*"), FAILS),
    # A day or an hour is a number, not the name of another service.
    (deny(Resource=f"{BUCKET}/AWSLogs/*/elasticloadbalancing/*"), WORKS),
    (deny(Resource=f"{BUCKET}/AWSLogs/*/CloudTrail/*"), WORKS),
    (deny(Resource=MINE), FAILS),
    # So is what the files are called.
    (deny(NotResource=[BUCKET, f"{BUCKET}/*.gz"]), WORKS),
    (deny(NotResource=[BUCKET, f"{BUCKET}/*.json.gz"]), FAILS),
    (deny(Resource=[f"{BUCKET}/*.exe", f"{BUCKET}/*/tmp/*"]), WORKS),
    (deny(Resource=f"{BUCKET}/*_CloudTrail_*"), WORKS),
    (deny(Resource=f"{BUCKET}/*_vpcflowlogs_*"), FAILS),
    (deny(Resource=f"{BUCKET}/*T1200Z*"), FAILS),
    # Encryption in transit, however it is written.
    (deny_if("Bool", "aws:SecureTransport", False), WORKS),
    (deny_if("Bool", "aws:SecureTransport", ["False"]), WORKS),
    (deny_if("Bool", "aws:SecureTransport", True), FAILS),
    (deny_if("BoolIfExists", "aws:SecureTransport", "false"), WORKS),
    (deny_if("StringEquals", "aws:SecureTransport", False), WORKS),
    (deny_if("StringNotEquals", "aws:SecureTransport", "true"), WORKS),
    (deny_if("Null", "aws:SecureTransport", True), WORKS),
    (deny_if("NumericLessThan", "s3:TlsVersion", 1.2), WORKS),
    (deny_if("NumericLessThan", "s3:TlsVersion", "1.3"), OPEN),
    # The network: services come through no endpoint and from no address of yours.
    (deny_if("StringNotEquals", "aws:SourceVpce", "vpce-1"), FAILS),
    (deny_if("StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1"), FAILS),
    (deny_if("StringEquals", "aws:SourceVpce", "vpce-1"), WORKS),
    (
        deny(
            Condition={
                "StringNotEquals": {"aws:SourceVpce": "vpce-1"},
                "Null": {"aws:SourceVpce": False},
            }
        ),
        WORKS,
    ),
    (
        deny(
            Condition={
                "StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1"},
                "NotIpAddressIfExists": {"aws:SourceIp": ["203.0.113.0/24"]},
                "BoolIfExists": {**AWS_SERVICE, "aws:ViaAWSService": "false"},
            }
        ),
        WORKS,
    ),
    (deny_if("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.0/24"]), FAILS),
    (deny_if("NotIpAddress", "aws:SourceIp", ["0.0.0.0/0", "::/0"]), WORKS),
    # The organization: the caller is in none, the source may be in one.
    (deny_if("StringNotEquals", "aws:PrincipalOrgID", "o-1"), FAILS),
    (deny_if("ForAllValues:StringNotLike", "aws:PrincipalOrgPaths", "o-1/*"), FAILS),
    (deny_if("ForAnyValue:StringNotLike", "aws:PrincipalOrgPaths", "o-1/*"), WORKS),
    (
        deny(
            Condition={
                "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-1"},
                "Null": {"aws:SourceAccount": "false"},
                "Bool": {"aws:PrincipalIsAWSService": True},
            }
        ),
        OPEN,
    ),
    (deny_if("StringNotEquals", "aws:SourceAccount", [OTHER, ACCOUNT]), WORKS),
    (deny_if("StringNotEquals", "aws:SourceAccount", [OTHER]), FAILS),
    (deny_if("ArnNotLike", SOURCE, f"arn:aws:logs:*:{ACCOUNT}:*"), WORKS),
    (deny_if("ArnNotLike", SOURCE, f"arn:aws:logs:*:{OTHER}:*"), FAILS),
    (deny_if("ArnNotLike", SOURCE, "arn:aws:logs:*"), OPEN),
    (deny_if("StringNotLike", SOURCE, "arn:aws:logs:*"), WORKS),
    # Callers by name.
    (deny_if("StringNotLike", "aws:PrincipalServiceName", "*.logs.amazonaws.com"), WORKS),
    (deny_if("StringNotEquals", "aws:PrincipalServiceName", [TRAIL]), FAILS),
    (deny_if("ArnNotEquals", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:role/x"), RISKY),
    (deny_if("StringNotLike", "aws:userid", ["AROAEXAMPLE:*", ACCOUNT]), OPEN),
    # Headers.
    (deny_put_if("Null", HEADER, True), RISKY),
    (deny_put_if("StringNotEquals", "s3:x-amz-acl", "bucket-owner-full-control"), WORKS),
    (deny_if("StringNotEquals", "s3:x-amz-acl", "bucket-owner-full-control"), FAILS),
]


def shown(case: tuple[Statement, Verdict]) -> str:
    changed = {
        name: value
        for name, value in case[0].items()
        if name == "Condition" or value not in (allow().get(name), deny().get(name))
    }
    return json.dumps(changed)[:100]


@LANGUAGES
@pytest.mark.parametrize(
    ("statements", "verdict"),
    [
        *(([statement], verdict) for statement, verdict in ALLOWS),
        *(([allow(), statement], verdict) for statement, verdict in DENIES),
    ],
    ids=[shown(case) for case in (*ALLOWS, *DENIES)],
)
def test_what_a_statement_does(
    tree: Tree, language: Language, statements: list[Statement], verdict: Verdict
) -> None:
    document = {"Version": "2012-10-17", "Statement": statements}
    report = reported(tree, *language(document))
    [delivery] = report.deliveries
    found, severities = delivery.verdict, [finding.severity for finding in report.findings]
    assert found is verdict
    assert (found is OPEN) == bool(delivery.open)
    assert len(severities) == (verdict in (FAILS, LATER))
    if verdict is FAILS:
        assert severities == [Severity.ERROR]


@LANGUAGES
@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        ({"Version": "2012-10-17", "Statement": allow()}, WORKS),
        ({"Statement": allow()}, WORKS),
        # In the older version, `${}` is nothing but text.
        ({"Version": "2008-10-17", "Statement": [allow(Resource=[BUCKET, MINE])]}, LATER),
        ({"Statement": [allow(Resource=[BUCKET, MINE])]}, LATER),
        ({"Version": "2012-10-17", "Statement": [allow(Sid="A"), allow(Sid="A")]}, WORKS),
        ({"Version": "2012-10-17", "Statement": [allow(), deny(Effect="deny")]}, FAILS),
    ],
)
def test_the_shape_of_a_document(
    tree: Tree, language: Language, document: Any, verdict: Verdict
) -> None:
    [delivery] = reported(tree, *language(document)).deliveries
    assert delivery.verdict is verdict
