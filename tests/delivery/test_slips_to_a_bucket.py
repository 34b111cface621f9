"""One slip in a right design that ends in a bucket: one finding, in both languages.

Each row names a place in the design (conftest.py), what stands there instead, and the
rule that finds it; without a rule the design stays right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.delivery.conftest import Document, Slip

ACCOUNT, OTHER, REGION = "111122223333", "444455556666", "eu-central-1"
BUCKET = "arn:aws:s3:::acme-logs"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"
LANGUAGES = ("main.tf.json", "stack.json")
DROP = "(nothing)"


def service(name: str) -> Document:
    return {"Service": name}


DELIVERY = service("delivery.logs.amazonaws.com")


def deny(**more: object) -> Document:
    both = [BUCKET, f"{BUCKET}/*"]
    found = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, **more}
    return {key: value for key, value in found.items() if value is not DROP}


def unless(operator: str, key: str, value: object, **more: object) -> Document:
    return {"Condition": {operator: {key: value}, **more}}


REFUSES, DENIES = "bucket-policy-refuses-log-delivery", "bucket-policy-denies-log-delivery"
KEY_REFUSES, KEY_UNFIT = "key-policy-refuses-log-delivery", "key-cannot-encrypt-logs"
NO_ARN, WRONG = "bucket-key-id-not-arn", "policy-document-malformed"
AT, ACL, DENY = "policy/Statement/0", "policy/Statement/1", "policy/Statement/+"
USE = "key/Statement/1"
ORGANIZATION = "o-a1b2c3d4e5"
SERVICE = {"Bool": {"aws:PrincipalIsAWSService": "false"}}
ROWS: list[tuple[str, object, str]] = [
    ("bucket", "acme-logs", ""),
    (AT, DROP, REFUSES),
    (ACL, DROP, REFUSES),
    (f"{AT}/Principal", service("vpc-flow-logs.amazonaws.com"), REFUSES),
    (f"{AT}/Principal", service(f"logs.{REGION}.amazonaws.com"), REFUSES),
    (f"{AT}/Principal", service("delivery.logs.amazonaws.com.cn"), REFUSES),
    (f"{AT}/Principal", service("*.amazonaws.com"), WRONG),
    (f"{AT}/Principal", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, REFUSES),
    (f"{AT}/Action", "s3:GetObject", REFUSES),
    (f"{AT}/Action", "s3:PutObjectAcl", REFUSES),
    (f"{AT}/Action", "S3:putobject", ""),
    (f"{AT}/Action", "s3:Put*", ""),
    (f"{AT}/Resource", BUCKET, REFUSES),
    (f"{AT}/Resource", f"{BUCKET}/*", ""),
    (f"{AT}/Resource", f"{BUCKET}/AWSLogs/{ACCOUNT}", REFUSES),
    (f"{AT}/Resource", f"{BUCKET}/AWSLogs/{OTHER}/*", REFUSES),
    (f"{AT}/Resource", f"{BUCKET}/awslogs/{ACCOUNT}/*", REFUSES),
    (f"{AT}/Resource", f"{BUCKET}/AWSLogs/aws-account-id={ACCOUNT}/*", REFUSES),
    (f"{AT}/Resource", f"{BUCKET}/AWSLogs/{ACCOUNT}/vpcflowlogs/{REGION}/*", ""),
    (f"{AT}/Resource", f"{BUCKET}/AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/*", REFUSES),
    (f"{AT}/Resource", f"arn:aws:s3:::acme-log/AWSLogs/{ACCOUNT}/*", REFUSES),
    (f"{AT}/Resource", f"arn:aws-cn:s3:::acme-logs/AWSLogs/{ACCOUNT}/*", REFUSES),
    (f"{ACL}/Resource", f"{BUCKET}/*", REFUSES),
    (f"{AT}/Effect", "allow", WRONG),
    (f"{AT}/Condition", unless("StringEquals", "aws:SourceAccount", OTHER)["Condition"], REFUSES),
    (f"{AT}/Condition/ArnLike/aws:SourceArn", f"arn:aws:logs:{REGION}:{OTHER}:*", REFUSES),
    (f"{AT}/Condition/ArnLike/aws:SourceArn", f"arn:aws:logs:us-east-1:{ACCOUNT}:*", REFUSES),
    (f"{AT}/Condition/ArnLike/aws:SourceArn", f"arn:aws:ec2:{REGION}:{ACCOUNT}:*", REFUSES),
    (f"{AT}/Condition/StringEquals/aws:PrincipalOrgID", ORGANIZATION, REFUSES),
    (f"{AT}/Condition/StringEquals/s3:x-amz-acl", "private", REFUSES),
    (f"{AT}/Condition/StringEquals/s3:x-amz-acl", "bucket-owner-full-control", ""),
    (DENY, deny(**unless("Bool", "aws:SecureTransport", "false")), ""),
    (DENY, deny(**unless("Bool", "aws:SecureTransport", "true")), DENIES),
    (DENY, deny(**unless("StringNotEquals", "aws:PrincipalOrgID", ORGANIZATION)), DENIES),
    (DENY, deny(**unless("StringNotEquals", "aws:PrincipalOrgID", ORGANIZATION, **SERVICE)), ""),
    (DENY, deny(**unless("StringNotEquals", "aws:SourceVpce", "vpce-1")), DENIES),
    (DENY, deny(**unless("StringNotEquals", "aws:SourceAccount", [ACCOUNT, OTHER])), ""),
    (DENY, deny(**unless("StringNotEquals", "aws:SourceAccount", OTHER)), DENIES),
    (DENY, deny(Action="s3:GetBucketAcl", Resource=BUCKET), DENIES),
    (DENY, deny(Action="s3:Delete*"), ""),
    (DENY, deny(Resource=f"{BUCKET}/private/*"), ""),
    (DENY, deny(Action=DROP, NotAction="s3:GetObject"), DENIES),
    (DENY, deny(Resource=DROP, NotResource=[BUCKET, f"{BUCKET}/AWSLogs/*"]), ""),
    ("encryption/key", "id", NO_ARN),
    ("encryption/key", "alias", NO_ARN),
    ("encryption/key", "alias/aws/s3", "bucket-key-managed-by-aws"),
    ("encryption/key", KEY, KEY_UNFIT),
    ("encryption/algorithm", "AES256", "bucket-encryption-refused"),
    (USE, DROP, KEY_REFUSES),
    (f"{USE}/Action", ["kms:Encrypt", "kms:Decrypt"], KEY_REFUSES),
    (f"{USE}/Action", "kms:GenerateDataKey", ""),
    (f"{USE}/Principal", service(f"logs.{REGION}.amazonaws.com"), KEY_REFUSES),
    (f"{USE}/Condition/StringEquals/aws:SourceAccount", OTHER, KEY_REFUSES),
    ("role", f"arn:aws:iam::{ACCOUNT}:role/x", "flow-log-role-not-applicable"),
    ("traffic", None, "flow-log-traffic-type"),
    ("interval", 300, "flow-log-aggregation-interval"),
    ("destination", f"{BUCKET}/", ""),
    ("destination", f"{BUCKET}/net", REFUSES),
    ("destination", f"{BUCKET}x", "flow-log-bucket-missing"),
    ("destination", f"{BUCKET}/AWSLogs", "flow-log-destination-malformed"),
    ("destination", "arn:aws-cn:s3:::acme-logs", "flow-log-destination-malformed"),
    ("to", "cloud-watch-logs", "flow-log-destination-malformed"),
    ("bucket", "Acme-logs", "flow-log-destination-malformed"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("where", "value", "rule"), ROWS)
def test_one_slip_is_one_finding(
    slip: Slip, language: str, where: str, value: object, rule: str
) -> None:
    slip(language, "bucket", where, value, rule)
