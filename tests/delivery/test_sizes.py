"""Policies at their limits and one beyond, in both languages, counted as AWS counts.

IAM counts characters, S3 and KMS bytes, all without white space; `json.dumps` is the judge.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict

if TYPE_CHECKING:
    from tests.conftest import Tree

Document = dict[str, Any]
Count = Callable[[str], int]
LANGUAGES = ("main.tf.json", "stack.json")
WORKS, MAY, FAILS = Verdict.WILL_WORK, Verdict.MAY_FAIL, Verdict.WILL_FAIL


def characters(text: str) -> int:
    return len(text)


def in_bytes(text: str) -> int:
    return len(text.encode())


def padded(size: int, count: Count, letter: str, *statements: Document) -> Document:
    """A document of exactly that size, by a statement about something else."""
    other: Document = {
        "Effect": "Deny",
        "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::acme-other/",
    }
    if "Principal" in statements[0]:
        other |= {"Principal": {"AWS": "arn:aws:iam::444455556666:root"}}
    return _filled(size, count, letter, statements, other, "Resource")


def _filled(
    size: int,
    count: Count,
    letter: str,
    statements: tuple[Document, ...],
    other: Document,
    where: str,
) -> Document:
    document = {"Version": "2012-10-17", "Statement": [*statements, other]}
    missing = size - count(minified(document))
    assert missing > 0
    many, rest = divmod(missing, count(letter))
    other[where] += letter * many + "x" * rest
    assert count(minified(document)) == size
    return document


def trusting(size: int, count: Count, letter: str, *statements: Document) -> Document:
    """The same for a trust policy, which names no resources."""
    other: Document = {
        "Effect": "Deny",
        "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
        "Action": "sts:AssumeRole",
        "Sid": "",
    }
    return _filled(size, count, letter, statements, other, "Sid")


def minified(document: object) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def allow(service: str, action: object, resource: str = "") -> Document:
    found: Document = {"Effect": "Allow", "Action": action}
    if service:
        found["Principal"] = {"Service": service}
    return found | ({"Resource": resource} if resource else {})


TRUST = allow("vpc-flow-logs.amazonaws.com", "sts:AssumeRole")
WRITE = allow("", ["logs:CreateLogStream", "logs:PutLogEvents"], "*")
DELIVERY = "delivery.logs.amazonaws.com"
OBJECTS = allow(DELIVERY, "s3:PutObject", "arn:aws:s3:::acme-sizes/*")
ACL = allow(DELIVERY, "s3:GetBucketAcl", "arn:aws:s3:::acme-sizes")
USE = allow(DELIVERY, "kms:GenerateDataKey", "*")
PLAIN = {"Version": "2012-10-17", "Statement": [TRUST]}


def group(trust: Document, inline: list[Document], managed: list[Document]) -> Document:
    """A flow log to a log group, by language."""
    terraform: Document = {
        "aws_cloudwatch_log_group": {"logs": {"name": "/acme/sizes"}},
        "aws_iam_role": {"logs": {"name": "sizes", "assume_role_policy": written(trust)}},
        "aws_flow_log": {
            "main": {
                "vpc_id": "vpc-1",
                "traffic_type": "ALL",
                "log_destination": "${aws_cloudwatch_log_group.logs.arn}",
                "iam_role_arn": "${aws_iam_role.logs.arn}",
            }
        },
    }
    if inline:
        terraform["aws_iam_role_policy"] = {
            f"p{number}": {"role": "${aws_iam_role.logs.id}", "policy": written(one)}
            for number, one in enumerate(inline)
        }
    for number, one in enumerate(managed):
        terraform.setdefault("aws_iam_policy", {})[f"m{number}"] = {"policy": written(one)}
        terraform.setdefault("aws_iam_role_policy_attachment", {})[f"m{number}"] = {
            "role": "${aws_iam_role.logs.name}",
            "policy_arn": f"${{aws_iam_policy.m{number}.arn}}",
        }
    template: Document = {
        "Logs": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/acme/sizes"}},
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": trust,
                "Policies": [
                    {"PolicyName": f"p{number}", "PolicyDocument": one}
                    for number, one in enumerate(inline)
                ],
                "ManagedPolicyArns": [{"Ref": f"M{number}"} for number in range(len(managed))],
            },
        },
        "FlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "Properties": {
                "ResourceId": "vpc-1",
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogGroupName": {"Ref": "Logs"},
                "DeliverLogsPermissionArn": {"Fn::GetAtt": ["Role", "Arn"]},
            },
        },
    }
    for number, one in enumerate(managed):
        template[f"M{number}"] = {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": one},
        }
    return {"main.tf.json": {"resource": terraform}, "stack.json": {"Resources": template}}


def bucket(policy: Document, key: Document) -> Document:
    """A flow log to a bucket with a key, by language."""
    encryption = {"sse_algorithm": "aws:kms", "kms_master_key_id": "${aws_kms_key.logs.arn}"}
    terraform = {
        "aws_s3_bucket": {"logs": {"bucket": "acme-sizes"}},
        "aws_kms_key": {"logs": {"policy": written(key)}},
        "aws_s3_bucket_server_side_encryption_configuration": {
            "logs": {
                "bucket": "${aws_s3_bucket.logs.id}",
                "rule": {"apply_server_side_encryption_by_default": encryption},
            }
        },
        "aws_s3_bucket_policy": {
            "logs": {"bucket": "${aws_s3_bucket.logs.id}", "policy": written(policy)}
        },
        "aws_flow_log": {
            "main": {
                "vpc_id": "vpc-1",
                "traffic_type": "ALL",
                "log_destination_type": "s3",
                "log_destination": "${aws_s3_bucket.logs.arn}",
                "depends_on": ["aws_s3_bucket_policy.logs"],
            }
        },
    }
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Fn::GetAtt": ["Key", "Arn"]}}
    rules = [{"ServerSideEncryptionByDefault": by_default}]
    template = {
        "Logs": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketName": "acme-sizes",
                "BucketEncryption": {"ServerSideEncryptionConfiguration": rules},
            },
        },
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": key}},
        "Policy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": "Logs"}, "PolicyDocument": policy},
        },
        "FlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "DependsOn": "Policy",
            "Properties": {
                "ResourceId": "vpc-1",
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogDestinationType": "s3",
                "LogDestination": {"Fn::GetAtt": ["Logs", "Arn"]},
            },
        },
    }
    return {"main.tf.json": {"resource": terraform}, "stack.json": {"Resources": template}}


def written(document: Document) -> str:
    """As a person writes it: the white space does not count."""
    return json.dumps(document, indent=2, ensure_ascii=False)


def trust_of(size: int, letter: str = "x") -> Document:
    return group(trusting(size, characters, letter, TRUST), [{**PLAIN, "Statement": [WRITE]}], [])


def managed_of(*sizes: int, letter: str = "x") -> Document:
    return group(PLAIN, [], [padded(size, characters, letter, WRITE) for size in sizes])


def inline_of(*sizes: int, letter: str = "x") -> Document:
    return group(PLAIN, [padded(size, characters, letter, WRITE) for size in sizes], [])


def bucket_of(size: int, letter: str = "x") -> Document:
    policy = padded(size, in_bytes, letter, OBJECTS, ACL)
    return bucket(policy, {"Version": "2012-10-17", "Statement": [USE]})


def key_of(size: int, letter: str = "x") -> Document:
    policy = {"Version": "2012-10-17", "Statement": [OBJECTS, ACL]}
    return bucket(policy, padded(size, in_bytes, letter, USE))


ROLE, BUCKET, KEY = "role-policy-too-large", "bucket-policy-too-large", "key-policy-too-large"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("made", "verdict", "said"),
    [
        # The quota of a trust policy can be raised, though not beyond 8,192.
        (trust_of(2_048), WORKS, ""),
        (trust_of(2_049), MAY, f"{ROLE} 2,049 2,048"),
        (trust_of(8_192), MAY, f"{ROLE} 8,192 2,048"),
        (trust_of(8_193), FAILS, f"{ROLE} 8,193 2,048"),
        (managed_of(6_144), WORKS, ""),
        (managed_of(6_145), FAILS, f"{ROLE} 6,145 6,144"),
        # Each managed policy has a limit of its own; all inline ones have one together.
        (managed_of(6_144, 6_144, 6_144), WORKS, ""),
        (managed_of(6_144, 6_145, 300), FAILS, f"{ROLE} 6,145 6,144"),
        (inline_of(10_240), WORKS, ""),
        (inline_of(10_241), FAILS, f"{ROLE} 10,241 10,240"),
        (inline_of(5_120, 3_120, 2_000), WORKS, ""),
        (inline_of(5_120, 3_120, 2_001), FAILS, f"{ROLE} 10,241 10,240"),
        # IAM counts characters: an umlaut is one, though two bytes.
        (managed_of(6_144, letter="ä"), WORKS, ""),
        (managed_of(6_145, letter="ä"), FAILS, f"{ROLE} 6,145 6,144"),
        # S3 shortens what it is given, to about 0.872 of it: 23,486 bytes may still fit.
        (bucket_of(20_480), WORKS, ""),
        (bucket_of(20_481), MAY, f"{BUCKET} 20,481 20,480"),
        (bucket_of(23_486), MAY, f"{BUCKET} 23,486 20,480"),
        (bucket_of(23_487), FAILS, f"{BUCKET} 23,487 20,480"),
        (key_of(32_768), WORKS, ""),
        (key_of(32_769), FAILS, f"{KEY} 32,769 32,768"),
        # Both count bytes.
        (bucket_of(20_480, "ä"), WORKS, ""),
        (bucket_of(20_481, "ä"), MAY, f"{BUCKET} 20,481 20,480"),
        (key_of(32_768, "ä"), WORKS, ""),
        (key_of(32_769, "ä"), FAILS, f"{KEY} 32,769 32,768"),
    ],
)
def test_a_policy_at_its_limit_and_one_beyond(
    tree: Tree, language: str, made: Document, verdict: Verdict, said: str
) -> None:
    top = tree({language: json.dumps(made[language])})
    report = run([top], Options(), working=top)
    assert report.diagnostics == ()
    assert [one.verdict for one in report.deliveries] == [verdict]
    found = [(one.rule, one.message) for one in report.findings]
    if not said:
        assert found == []
        return
    rule, size, limit = said.split()
    [(is_rule, message)] = found
    assert is_rule == rule
    assert f" {size} " in message
    assert message.endswith(limit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_white_space_inside_of_texts_may_count(tree: Tree, language: str) -> None:
    """IAM counts no white space; whether that holds inside of a text is nowhere written."""
    made = managed_of(6_145)
    text = json.dumps(made[language])
    for spaced, verdict in ((text.replace("xx", " x", 1), MAY), (text, FAILS)):
        top = tree({language: spaced})
        [delivery] = run([top], Options(), working=top).deliveries
        assert delivery.verdict is verdict
