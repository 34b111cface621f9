"""Real input to begin from: the samples and the tests' own data, as text by kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TOP = Path(__file__).parents[2]
MAX_BYTES = 8_000


def _texts(*patterns: str, most: int = MAX_BYTES) -> tuple[str, ...]:
    found = sorted({path for pattern in patterns for path in TOP.glob(pattern)})
    texts = (path.read_text("utf-8") for path in found if path.stat().st_size <= most)
    return tuple(dict.fromkeys(texts))


@cache
def terraform() -> tuple[str, ...]:
    """Terraform in HCL, also the odd cases that the parser is tested with."""
    lines = (TOP / "tests/data/hcl/cases.jsonl").read_text("utf-8").splitlines()
    cases = (text for line in lines if isinstance(text := json.loads(line).get("text"), str))
    console = (TOP / "tests/data/terraform/console.jsonl").read_text("utf-8").splitlines()
    expressions = (json.loads(line).get("expression", "null") for line in console)
    logs = (
        f'resource "aws_flow_log" "a" {{\n  log_destination = {one}\n}}\n' for one in expressions
    )
    written = _texts("sample_templates/**/*.tf", "tests/data/terraform/**/*.tf")
    return (*written, *cases, *logs)


@cache
def terraform_json() -> tuple[str, ...]:
    """Terraform in JSON."""
    return _texts("tests/data/**/*.tf.json", "sample_templates/**/*.tf.json")


@cache
def templates() -> tuple[str, ...]:
    """CloudFormation in YAML."""
    return _texts("sample_templates/**/*.yaml", "tests/data/cloudformation/*.yaml")


@cache
def json_templates() -> tuple[str, ...]:
    """CloudFormation in JSON, most of it made from the YAML."""
    written = [text for text in _texts("sample_templates/**/*.json") if '"Resources"' in text]
    for text in templates():
        try:
            node = yaml.compose(text, yaml.CSafeLoader)
        except yaml.YAMLError:
            continue
        if node is not None:
            written.append(json.dumps(_long_form(node), indent=1))
    return tuple(written)


def _long_form(node: Any) -> object:
    """A YAML node as JSON, `!Sub x` as `{"Fn::Sub": x}`."""
    value: object
    if isinstance(node, yaml.MappingNode):
        value = {str(_long_form(key)): _long_form(inner) for key, inner in node.value}
    elif isinstance(node, yaml.SequenceNode):
        value = [_long_form(inner) for inner in node.value]
    else:
        value = node.value
    if not node.tag.startswith("!"):
        return value
    name = node.tag[1:]
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


@cache
def plans() -> tuple[str, ...]:
    """`terraform show -json`."""
    return _texts("tests/data/terraform/**/plan.json", most=60_000)


@cache
def policies() -> tuple[str, ...]:
    """Policy documents of buckets and roles, as JSON."""
    return tuple(dict.fromkeys(json.dumps(one) for one in _policies()))


def _policies() -> Iterator[object]:
    for name in ("cases", "documented"):
        lines = (TOP / f"tests/data/policy/{name}.jsonl").read_text("utf-8").splitlines()
        for line in lines:
            case = json.loads(line)
            yield from [case["resource_policy"], *case["identity_policies"]][:2]


GRANT = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Principal": {"Service": "delivery.logs.amazonaws.com"},
  "Action": ["s3:PutObject", "s3:GetBucketAcl"],
  "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"],
  "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}]}
"""

EXISTING = (
    """# what is there
[[existing]]
bucket = "acme-logs"
account = "111122223333"
policy = "policy.json"
encryption = "AES256"

[[existing]]
bucket = "arn:aws:s3:::other-logs"
policy = "none"
kms-key = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
""",
    """[[existing]]
key = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
policy = "policy.json"

[[existing]]
role = "arn:aws:iam::111122223333:role/svc/flow"
trust = "policy.json"
policies = ["policy.json", "policy.json"]

[[existing]]
log-group = "/vpc"
region = "eu-west-1"
kms-key = "none"

[[existing]]
stream = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow"
tags = { LogDeliveryEnabled = "true" }
""",
)

IGNORES = (
    "# predeploy: ignore[flow-log-bucket-missing] the platform team creates this bucket",
    "// predeploy:ignore[flow-log-bucket-missing, bucket-policy-refuses-log-delivery]",
    "/* predeploy: ignore[role-may-not-write-logs] until 2030-01-01 */",
    "# predeploy: ignore[] # predeploy: ignore[*] # predeploy: ignore[a[b]] x",
)

NAMING = """[[existing]]
role = "arn:aws:iam::111122223333:role/svc/flow"
trust = "print.json"
policies = ["print.json"]
attached = "print.json"
boundary = "print.json"
[[existing]]
roles = "print.json"
[[existing]]
log-groups = "print.json"
[[existing]]
flow-logs = "print.json"
[[existing]]
stream = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow"
source = "print.json"
tags = "print.json"
[[existing]]
bucket = "acme-logs"
policy = "print.json"
encryption = "print.json"
[[existing]]
key = "11111111-2222-3333-4444-555555555555"
policy = "print.json"
"""
"""Every table with every file that it may name, all of them the same one."""

_ROLE = "arn:aws:iam::111122223333:role/svc/flow"
_DOCUMENT = json.loads(GRANT)

PRINTS = tuple(
    json.dumps(one, indent=1)
    for one in (
        {
            "Policy": GRANT,
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": "arn:aws:kms:eu-west-1:111122223333:key/1",
                        },
                        "BucketKeyEnabled": True,
                    }
                ]
            },
            "Tags": [{"Key": "LogDeliveryEnabled", "Value": "true"}],
            "DeliveryStreamDescription": {"DeliveryStreamType": "DirectPut"},
            "logGroups": [
                {
                    "logGroupName": "/vpc",
                    "arn": "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc:*",
                    "kmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1",
                    "logGroupClass": "STANDARD",
                }
            ],
            "FlowLogs": [
                {
                    "FlowLogId": "fl-1",
                    "ResourceId": "vpc-1",
                    "LogDestinationType": "s3",
                    "LogDestination": "arn:aws:s3:::acme-logs",
                    "TrafficType": "ALL",
                    "LogFormat": "${version} ${srcaddr}",
                    "DeliverLogsStatus": "SUCCESS",
                    "MaxAggregationInterval": 600,
                    "DestinationOptions": {"FileFormat": "plain-text"},
                }
            ],
        },
        {
            "Role": {
                "RoleName": "flow",
                "Path": "/svc/",
                "Arn": _ROLE,
                "AssumeRolePolicyDocument": _DOCUMENT,
                "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::aws:policy/x"},
            },
            "PolicyDocument": _DOCUMENT,
            "PolicyVersion": {"Document": _DOCUMENT},
            "AttachedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"}],
            "RoleDetailList": [
                {
                    "RoleName": "flow",
                    "Path": "/svc/",
                    "Arn": _ROLE,
                    "AssumeRolePolicyDocument": _DOCUMENT,
                    "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": _DOCUMENT}],
                    "AttachedManagedPolicies": [{"PolicyName": "w", "PolicyArn": "arn:x"}],
                }
            ],
            "Policies": [
                {
                    "Arn": "arn:x",
                    "PolicyVersionList": [{"Document": _DOCUMENT, "IsDefaultVersion": True}],
                }
            ],
        },
    )
)

CONFIGURATIONS = (
    """# what we deploy
fail-on = "error"
unknown = "fail"
strict = true
require-reason = false
exclude = ["examples", "**/test/*.tf"]
select = ["flow-log-bucket-missing", "bucket-policy-refuses-log-delivery"]
account = "central"
region = "eu-west-1"

[accounts]
central = "111122223333"
edge = "444455556666"

[severity]
flow-log-bucket-missing = "info"
flow-log-quota = "off"

[path-ignores]
"legacy/**" = ["role-may-not-write-logs"]

[[deploy]]
paths = ["."]
account = "edge"
partition = "aws"
workspace = "prod"
vars = { name = "x", many = [1, true, { a = 1.5 }] }
parameters = { Name = "abc", Many = ["a", 2], Number = 3 }

[[existing]]
bucket = "acme-logs"
account = "111122223333"
policy = "policy.json"
encryption = "AES256"
""",
    """ignore = ["flow-log-quota"]
never-ignore = ["flow-log-bucket-missing"]
baseline = "known.json"
vars.name = 'x'
parameters.Name = \"\"\"a
b\"\"\"
existing = [{ key = "alias/x", policy = "policy.json" }, { organization = "o-a1b2c3d4e5" }]
""",
)

BASELINES = (
    """{"predeploy-baseline": 1, "findings": [
{"address": ".#aws_flow_log.a", "rule": "flow-log-bucket-missing", "severity": "warning", \
"fingerprint": "2d9a240bb98d9c4b", "message": "nothing here creates bucket acme-logs"},
{"address": ".#aws_flow_log.g", "rule": "cannot-tell", "severity": "info", \
"fingerprint": "fb44ff4e6929d2af", "count": 3, "message": "it has no role"}
]}
""",
)
