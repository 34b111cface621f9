"""Every command that a table takes, in the shape that AWS documents for what it prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.readers import Settings
from validator.readers.existing import MAKERS
from validator.reports import Report
from validator.toml.schema import part

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/svc/flow"
GROUP = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/vpc"
STREAM = f"arn:aws:firehose:eu-west-1:{ACCOUNT}:deliverystream/flow"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/limits/boundary"

TO_GROUP = f"""
provider "aws" {{
  region = "eu-west-1"
}}

resource "aws_flow_log" "main" {{
  vpc_id          = "vpc-1"
  traffic_type    = "ALL"
  log_destination = "{GROUP}"
  iam_role_arn    = "{ROLE}"
}}
"""
TO_STREAM = f"""
provider "aws" {{
  region = "eu-west-1"
}}

resource "aws_flow_log" "main" {{
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = "{STREAM}"
}}
"""
TO_BUCKET = """
provider "aws" {
  region = "eu-west-1"
}

resource "aws_flow_log" "main" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
}
"""


def document(statement: object) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": [statement]}


TRUST = document(
    {
        "Effect": "Allow",
        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
)
WRITE = document({"Effect": "Allow", "Action": "logs:*", "Resource": f"{GROUP}:*"})
READ = document({"Effect": "Allow", "Action": "logs:Describe*", "Resource": "*"})
ATTACHED = {
    "PolicyName": "CloudWatchLogsFullAccess",
    "PolicyArn": "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess",
}


def judged(folder: Path, main: str, told: str, **prints: object) -> Report:
    (folder / "main.tf").write_text(main, encoding="utf-8")
    (folder / "existing.toml").write_text(told, encoding="utf-8")
    for name, printed in prints.items():
        (folder / f"{name}.json").write_text(json.dumps(printed), encoding="utf-8")
    options = Options(settings=Settings(account=ACCOUNT), existing=("existing.toml",))
    report = run([folder], options, working=folder)
    assert report.diagnostics == ()
    return report


def verdict(report: Report) -> str:
    (one,) = report.deliveries
    return one.verdict.value


def get_role(**more: object) -> dict[str, object]:
    role = {
        "Path": "/svc/",
        "RoleName": "flow",
        "RoleId": "AROA1234567890EXAMPLE",
        "Arn": ROLE,
        "CreateDate": "2024-01-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": TRUST,
        "MaxSessionDuration": 3600,
        **more,
    }
    return {"Role": role}


def test_a_role_as_iam_prints_its_parts(tmp_path: Path) -> None:
    table = f'[[existing]]\nrole = "{ROLE}"\ntrust = "role.json"\nPOLICIES\n'
    group = f'[[existing]]\nlog-group = "{GROUP}"\n'
    for policies, expected in (
        ('policies = ["write.json"]', "will-work"),
        ('policies = ["version.json"]', "will-work"),
        ('policies = ["read.json"]', "will-fail"),
        ('policies = []\nattached = "attached.json"', "will-work"),
        (f'policies = []\nattached = ["{ATTACHED["PolicyArn"]}"]', "will-work"),
        ("policies = []", "will-fail"),
        ('attached = ["arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess"]', "cannot-tell"),
        ("", "cannot-tell"),
    ):
        report = judged(
            tmp_path,
            TO_GROUP,
            table.replace("POLICIES", policies) + group,
            role=get_role(),
            write={"RoleName": "flow", "PolicyName": "write", "PolicyDocument": WRITE},
            read={"RoleName": "flow", "PolicyName": "read", "PolicyDocument": READ},
            version={
                "PolicyVersion": {
                    "Document": WRITE,
                    "VersionId": "v2",
                    "IsDefaultVersion": True,
                    "CreateDate": "2024-01-01T00:00:00+00:00",
                }
            },
            attached={"AttachedPolicies": [ATTACHED]},
        )
        assert verdict(report) == expected, policies


@pytest.mark.parametrize(
    ("boundary", "shown", "expected"),
    [
        ("", {}, "will-work"),
        ("", {"PermissionsBoundary": {"PermissionsBoundaryArn": BOUNDARY}}, "cannot-tell"),
        ('boundary = "read.json"', {}, "will-fail"),
        ('boundary = "write.json"', {}, "will-work"),
        ('boundary = "none"', {}, "will-work"),
    ],
)
def test_the_boundary_of_a_role(
    tmp_path: Path, boundary: str, shown: Mapping[str, object], expected: str
) -> None:
    told = (
        f'[[existing]]\nrole = "{ROLE}"\ntrust = "role.json"\npolicies = ["write.json"]\n'
        f'{boundary}\n[[existing]]\nlog-group = "{GROUP}"\n'
    )
    report = judged(tmp_path, TO_GROUP, told, role=get_role(**shown), write=WRITE, read=READ)
    assert verdict(report) == expected


def test_a_trust_policy_alone_says_nothing_of_the_boundary(tmp_path: Path) -> None:
    told = (
        f'[[existing]]\nrole = "{ROLE}"\ntrust = "trust.json"\npolicies = ["write.json"]\n'
        f'[[existing]]\nlog-group = "{GROUP}"\n'
    )
    report = judged(tmp_path, TO_GROUP, told, trust=TRUST, write=WRITE)
    assert verdict(report) == "cannot-tell"
    assert [fact.supply for fact in report.deliveries[0].open] == ["boundary in existing.toml"]


@pytest.mark.parametrize("direct", [False, True])
def test_all_roles_of_an_account_at_once(tmp_path: Path, direct: bool) -> None:
    managed = f"arn:aws:iam::{ACCOUNT}:policy/write"
    printed = {
        "UserDetailList": [],
        "GroupDetailList": [],
        "RoleDetailList": [
            {
                "Path": "/svc/",
                "RoleName": "flow",
                "Arn": ROLE,
                "AssumeRolePolicyDocument": TRUST,
                "InstanceProfileList": [],
                "RolePolicyList": [{"PolicyName": "read", "PolicyDocument": READ}],
                "AttachedManagedPolicies": [{"PolicyName": "write", "PolicyArn": managed}],
                "Tags": [],
            }
        ],
        "Policies": [
            {
                "PolicyName": "write",
                "Arn": managed,
                "Path": "/",
                "DefaultVersionId": "v2",
                "PolicyVersionList": [
                    {"Document": READ, "VersionId": "v1", "IsDefaultVersion": False},
                    {"Document": WRITE, "VersionId": "v2", "IsDefaultVersion": True},
                ],
            }
        ],
    }
    told = f'[[existing]]\nroles = "iam.json"\n[[existing]]\nlog-group = "{GROUP}"\n'
    if direct:
        told = f'[[existing]]\nlog-group = "{GROUP}"\n'
    report = judged(tmp_path, TO_GROUP, told, iam=printed)
    if direct:
        options = Options(
            settings=Settings(account=ACCOUNT), existing=("existing.toml", "iam.json")
        )
        report = run([tmp_path], options, working=tmp_path)
    assert verdict(report) == "will-work"


@pytest.mark.parametrize(
    ("key", "expected"), [({}, "will-work"), ({"kmsKeyId": KEY}, "cannot-tell")]
)
def test_log_groups_as_the_command_prints_them(
    tmp_path: Path, key: Mapping[str, str], expected: str
) -> None:
    told = (
        f'[[existing]]\nrole = "{ROLE}"\ntrust = "role.json"\npolicies = ["put.json"]\n'
        '[[existing]]\nlog-groups = "groups.json"\n'
    )
    # Without the group the role would have to create it.
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    put = document({"Effect": "Allow", "Action": actions, "Resource": f"{GROUP}:*"})
    groups = [
        {
            "logGroupName": "/vpc",
            "creationTime": 1393545600000,
            "retentionInDays": 30,
            "metricFilterCount": 0,
            "arn": f"{GROUP}:*",
            "storedBytes": 0,
            "logGroupClass": "STANDARD",
            "logGroupArn": GROUP,
            **key,
        }
    ]
    report = judged(
        tmp_path, TO_GROUP, told, role=get_role(), put=put, groups={"logGroups": groups}
    )
    assert verdict(report) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ('tags = "tags.json"\nsource = "stream.json"', "will-work"),
        ('tags = { LogDeliveryEnabled = "true" }\nsource = "DirectPut"', "will-work"),
        ('tags = "tags.json"', "cannot-tell"),
        # AWS tags the stream itself, and nobody here takes the tag away.
        ('source = "DirectPut"', "will-work"),
        ('tags = "tags.json"\nsource = "MSKAsSource"', "will-fail"),
        ('tags = "tags.json"\nsource = "KinesisStreamAsSource"', "will-fail"),
    ],
)
def test_a_stream_as_firehose_prints_it(tmp_path: Path, told: str, expected: str) -> None:
    report = judged(
        tmp_path,
        TO_STREAM,
        f'[[existing]]\nstream = "{STREAM}"\n{told}\n',
        tags={"Tags": [{"Key": "LogDeliveryEnabled", "Value": "true"}], "HasMoreTags": False},
        stream={
            "DeliveryStreamDescription": {
                "DeliveryStreamName": "flow",
                "DeliveryStreamARN": STREAM,
                "DeliveryStreamStatus": "ACTIVE",
                "DeliveryStreamType": "DirectPut",
                "VersionId": "1",
                "Destinations": [],
                "HasMoreDestinations": False,
            }
        },
    )
    assert verdict(report) == expected


@pytest.mark.parametrize(
    ("enabled", "context", "expected"),
    [
        (True, "arn:aws:s3:::acme-logs", "will-work"),
        (False, "arn:aws:s3:::acme-logs/*", "will-work"),
        (True, "arn:aws:s3:::acme-logs/*", "will-fail"),
        (None, "arn:aws:s3:::acme-logs/*", "will-work"),
    ],
)
def test_the_bucket_key_that_get_bucket_encryption_prints(
    tmp_path: Path, enabled: bool | None, context: str, expected: str
) -> None:
    rule: dict[str, object] = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}
    }
    if enabled is not None:
        rule["BucketKeyEnabled"] = enabled
    grant = {
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": "kms:GenerateDataKey*",
        "Resource": "*",
        "Condition": {"StringLike": {"kms:EncryptionContext:aws:s3:arn": context}},
    }
    bucket = {
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"],
    }
    told = (
        '[[existing]]\nbucket = "acme-logs"\npolicy = "bucket.json"\nencryption = "e.json"\n'
        f'[[existing]]\nkey = "{KEY}"\npolicy = "key.json"\n'
    )
    report = judged(
        tmp_path,
        TO_BUCKET,
        told,
        e={"ServerSideEncryptionConfiguration": {"Rules": [rule]}},
        key={"Policy": json.dumps(document(grant)), "PolicyName": "default"},
        bucket={"Policy": json.dumps(document(bucket))},
    )
    assert verdict(report) == expected


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ('bucket = "b"\nencryption = "x.json"', "is not what aws s3api get-bucket-encryption"),
        ('log-groups = "x.json"', "is not what aws logs describe-log-groups prints"),
        ('roles = "x.json"', "is not what aws iam get-account-authorization-details prints"),
        ('flow-logs = "x.json"', "is not what aws ec2 describe-flow-logs prints"),
        ('stream = "s"\ntags = "x.json"', "is not what aws firehose list-tags-for-delivery"),
        ('role = "r"\nattached = "x.json"', "is not what aws iam list-attached-role-policies"),
        ('role = "r"\nattached = 1', "attached must be a file or a list of ARNs, not a number"),
        ('stream = "s"\ntags = { a = 1 }', "a must be text in quotes, not a number"),
        ('flow-logs = "x.json"\ncreated-elsewhere = "yes"', "must be true or false, not text"),
        ('organization = "none"\nregion = "eu-west-1"', "an organization has no key region"),
        ('organization = "none"\npath = "o-1"', "is not a path of the form o-…/r-…/ou-…/"),
        ('organization = "none"\naccounts = ["main"]', "there is no account main"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, told: str, message: str) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    (tmp_path / "main.tf").write_text(TO_BUCKET, encoding="utf-8")
    (tmp_path / "existing.toml").write_text(f"[[existing]]\n{told}\n", encoding="utf-8")
    report = run([tmp_path], Options(existing=("existing.toml",)), working=tmp_path)
    assert [message in one.message for one in report.diagnostics] == [True]


TABLES = {one["required"][0]: one["properties"] for one in part("existing")["oneOf"]}


def test_every_table_of_the_schema_is_read() -> None:
    assert list(TABLES) == list(MAKERS)


def test_the_page_names_every_table_and_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "existing.md").read_text(encoding="utf-8")
    for kind, keys in TABLES.items():
        assert f"| `{kind}` |" in page
        others = keys.keys() - {kind, "account", "region"}
        assert [key for key in others if f"| `{key}` |" not in page] == []
