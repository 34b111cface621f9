"""One slip in a right design that ends in a log group: one finding, in both languages.

Each row names a place in the design (conftest.py), what stands there instead, and the
rule that finds it; without a rule the design stays right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.delivery.conftest import Document, Slip

ACCOUNT, OTHER, REGION = "111122223333", "444455556666", "eu-central-1"
GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/acme/vpc"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"
LANGUAGES = ("main.tf.json", "stack.json")
DROP = "(nothing)"


def service(name: str) -> Document:
    return {"Service": name}


DELIVERY = service("delivery.logs.amazonaws.com")
USE = "key/Statement/1"
KEY_UNFIT, WRONG = "key-cannot-encrypt-logs", "policy-document-malformed"
TRUST, MAY, GROUP_KEY = (
    "role-lacks-flow-logs-trust",
    "role-may-not-write-logs",
    "log-group-key-refuses-cloudwatch-logs",
)
TRUSTS, ALLOWS = "trust/Statement/0", "allowed/Statement/0"
SOURCE_ARN, CONTEXT = (
    f"{TRUSTS}/Condition/ArnLike/aws:SourceArn",
    f"{USE}/Condition/ArnLike/kms:EncryptionContext:aws:logs:arn",
)
ELSEWHERE = "flow-log-log-group-elsewhere"
ROWS: list[tuple[str, object, str]] = [
    ("group", "/acme/vpc", ""),
    (f"{TRUSTS}/Principal", DELIVERY, TRUST),
    (f"{TRUSTS}/Principal", service("ec2.amazonaws.com"), TRUST),
    (f"{TRUSTS}/Principal", service("vpc-flow-logs.amazonaws.com.cn"), TRUST),
    (f"{TRUSTS}/Principal", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, TRUST),
    (f"{TRUSTS}/Action", "sts:TagSession", TRUST),
    (f"{TRUSTS}/Action", "sts:*", ""),
    (f"{TRUSTS}/Resource", "*", WRONG),
    (SOURCE_ARN, f"arn:aws:logs:{REGION}:{ACCOUNT}:*", TRUST),
    (SOURCE_ARN, f"arn:aws:ec2:us-east-1:{ACCOUNT}:vpc-flow-log/*", TRUST),
    (SOURCE_ARN, f"arn:aws:ec2:{REGION}:{OTHER}:vpc-flow-log/*", TRUST),
    (SOURCE_ARN, f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/*", TRUST),
    (f"{TRUSTS}/Condition/StringEquals/aws:SourceAccount", OTHER, TRUST),
    (ALLOWS, {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, MAY),
    (f"{ALLOWS}/Action", ["logs:CreateLogStream"], MAY),
    (f"{ALLOWS}/Action", ["logs:PutLogEvents"], MAY),
    (f"{ALLOWS}/Action", "logs:*", ""),
    (f"{ALLOWS}/Resource", GROUP, MAY),
    (f"{ALLOWS}/Resource", f"{GROUP}*", ""),
    (f"{ALLOWS}/Resource", f"{GROUP}x:*", MAY),
    (f"{ALLOWS}/Resource", f"{GROUP}:log-stream:*", ""),
    (f"{ALLOWS}/Resource", f"{GROUP}:log-stream:eni-1", MAY),
    (f"{ALLOWS}/Resource", GROUP.replace(REGION, "us-east-1") + ":*", MAY),
    (f"{ALLOWS}/Resource", GROUP.replace(ACCOUNT, OTHER) + ":*", MAY),
    (f"{ALLOWS}/Resource", GROUP.replace("arn:aws:", "arn:aws-cn:") + ":*", MAY),
    (f"{ALLOWS}/Principal", "*", WRONG),
    (f"{ALLOWS}/Condition", {"StringEquals": {"aws:RequestedRegion": REGION}}, ""),
    (f"{ALLOWS}/Condition", {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, MAY),
    ("allowed/Statement/+", {"Effect": "Deny", "Action": "logs:Put*", "Resource": "*"}, MAY),
    ("role", "name", "flow-log-role-malformed"),
    ("role", "", "flow-log-role-missing"),
    ("role", f"arn:aws:iam::{ACCOUNT}:role/flow", ""),
    ("role", f"arn:aws:iam::{ACCOUNT}:role/team/flow", "flow-log-role-malformed"),
    ("role", f"arn:aws:iam::{ACCOUNT}:policy/flow", "flow-log-role-malformed"),
    ("role", f"arn:aws:iam::{OTHER}:role/flow", "flow-log-role-elsewhere"),
    ("role", f"arn:aws-cn:iam::{ACCOUNT}:role/flow", "flow-log-role-malformed"),
    ("destination", GROUP, ""),
    ("destination", f"{GROUP}:log-stream:x", "flow-log-destination-malformed"),
    ("destination", GROUP.replace(REGION, "us-east-1"), ELSEWHERE),
    ("destination", GROUP.replace(ACCOUNT, OTHER), ELSEWHERE),
    ("destination", GROUP.replace("arn:aws:", "arn:aws-cn:"), "flow-log-destination-malformed"),
    ("destination", f"{GROUP}x", MAY),
    ("to", "s3", "flow-log-destination-malformed"),
    ("group", "aws/vpc", "log-group-name"),
    ("group-key", "id", "log-group-key-not-arn"),
    ("group-key", "alias", "log-group-key-not-arn"),
    ("group-key", KEY, KEY_UNFIT),
    (USE, DROP, GROUP_KEY),
    (f"{USE}/Principal", DELIVERY, GROUP_KEY),
    (f"{USE}/Principal", service("logs.amazonaws.com"), GROUP_KEY),
    (f"{USE}/Principal", service("logs.us-east-1.amazonaws.com"), GROUP_KEY),
    (f"{USE}/Action", ["kms:Encrypt", "kms:GenerateDataKey*"], GROUP_KEY),
    (CONTEXT, f"{GROUP}x", GROUP_KEY),
    (CONTEXT, f"{GROUP}:*", GROUP_KEY),
    (CONTEXT, f"arn:aws:logs:{REGION}:{ACCOUNT}:*", ""),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("where", "value", "rule"), ROWS)
def test_one_slip_is_one_finding(
    slip: Slip, language: str, where: str, value: object, rule: str
) -> None:
    slip(language, "group", where, value, rule)
