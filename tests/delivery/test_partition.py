"""Which partition a delivery is for, where neither region nor settings say it.

Only what is written can tell it: literal ARNs, each text and each document with one vote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.reports import Report

if TYPE_CHECKING:
    from tests.conftest import Tree

Document = dict[str, Any]
LANGUAGES = ("main.tf.json", "stack.json")
CN, GOV = "aws-cn", "aws-us-gov"
ACCOUNT = "111122223333"
KEY_ID = "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"
GROUP = "/acme/rejects"
SAID: Mapping[str, str] = {
    "main.tf.json": "${data.aws_partition.current.partition}",
    "stack.json": "${AWS::Partition}",
}
"""How each language says "whichever partition this is deployed to"."""
DATA: Document = {"aws_partition": {"current": {}}, "aws_region": {"current": {}}}


class Words:
    """Words of one language: `written` has the partition of each place where one is written out."""

    def __init__(self, language: str, written: Mapping[str, str]) -> None:
        self.language, self.written = language, written
        self.terraform = language == "main.tf.json"

    def arn(self, place: str, rest: str) -> object:
        """An ARN with the partition that is written in the place, or with the one deployed to."""
        found = f"arn:{self.written.get(place, SAID[self.language])}:{rest}"
        return found if self.terraform or place in self.written else {"Fn::Sub": found}

    def logs_service(self) -> object:
        """CloudWatch Logs as a principal, in the region deployed to."""
        if self.terraform:
            return "logs.${data.aws_region.current.region}.amazonaws.com"
        return {"Fn::Sub": "logs.${AWS::Region}.amazonaws.com"}

    def destination(self, place: str, rest: str, terraform: str, template: str) -> object:
        """An ARN if the place has a partition, else a reference."""
        if place in self.written:
            return self.arn(place, rest)
        return f"${{{terraform}.arn}}" if self.terraform else {"Fn::GetAtt": [template, "Arn"]}

    def document(self, *statements: Document) -> object:
        whole = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", **one} for one in statements],
        }
        return json.dumps(whole) if self.terraform else whole


def service(name: object) -> Document:
    return {"Principal": {"Service": name}}


def to_bucket(words: Words) -> Document:
    """A flow log to a bucket; places: destination, objects, acl, source, key."""
    delivery = service("delivery.logs.amazonaws.com")
    source = {"ArnLike": {"aws:SourceArn": words.arn("source", f"logs:*:{ACCOUNT}:*")}}
    policy = words.document(
        {
            **delivery,
            "Action": "s3:PutObject",
            "Resource": words.arn("objects", "s3:::acme-logs/*"),
            "Condition": source,
        },
        {
            **delivery,
            "Action": "s3:GetBucketAcl",
            "Resource": words.arn("acl", "s3:::acme-logs"),
        },
    )
    destination = words.destination("destination", "s3:::acme-logs", "aws_s3_bucket.logs", "Logs")
    key = words.arn("key", f"kms:cn-north-1:{ACCOUNT}:key/{KEY_ID}")
    if words.terraform:
        return {
            "data": DATA,
            "resource": {
                "aws_s3_bucket": {"logs": {"bucket": "acme-logs"}},
                "aws_s3_bucket_policy": {
                    "logs": {"bucket": "${aws_s3_bucket.logs.id}", "policy": policy}
                },
                "aws_s3_bucket_server_side_encryption_configuration": {
                    "logs": {
                        "bucket": "${aws_s3_bucket.logs.id}",
                        "rule": {
                            "apply_server_side_encryption_by_default": {
                                "sse_algorithm": "aws:kms",
                                "kms_master_key_id": key,
                            }
                        },
                    }
                },
                "aws_flow_log": {
                    "main": {
                        "vpc_id": "vpc-1",
                        "traffic_type": "ALL",
                        "log_destination_type": "s3",
                        "log_destination": destination,
                        "depends_on": ["aws_s3_bucket_policy.logs"],
                    }
                },
            },
        }
    rule = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    return {
        "Resources": {
            "Logs": {
                "Type": "AWS::S3::Bucket",
                "Properties": {
                    "BucketName": "acme-logs",
                    "BucketEncryption": {"ServerSideEncryptionConfiguration": [rule]},
                },
            },
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
                    "LogDestination": destination,
                },
            },
        }
    }


def to_group(words: Words) -> Document:
    """A flow log to a log group.

    Places: destination, role, trust, resource, group-key, context, root.
    """
    trust = words.document(
        {
            **service("vpc-flow-logs.amazonaws.com"),
            "Action": "sts:AssumeRole",
            "Condition": {
                "ArnLike": {"aws:SourceArn": words.arn("trust", f"ec2:*:{ACCOUNT}:vpc-flow-log/*")}
            },
        }
    )
    allowed = words.document(
        {
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": words.arn("resource", f"logs:*:{ACCOUNT}:log-group:{GROUP}:*"),
        }
    )
    context = words.arn("context", f"logs:*:{ACCOUNT}:log-group:{GROUP}")
    sealed = words.document(
        {
            "Principal": {"AWS": words.arn("root", f"iam::{ACCOUNT}:root")},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            **service(words.logs_service()),
            "Action": "kms:*",
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": context}},
        },
    )
    destination = words.destination(
        "destination",
        f"logs:cn-north-1:{ACCOUNT}:log-group:{GROUP}",
        "aws_cloudwatch_log_group.logs",
        "Logs",
    )
    role = words.destination("role", f"iam::{ACCOUNT}:role/rejects", "aws_iam_role.logs", "Role")
    key = words.destination(
        "group-key", f"kms:cn-north-1:{ACCOUNT}:key/{KEY_ID}", "aws_kms_key.logs", "Key"
    )
    if words.terraform:
        return {
            "data": DATA,
            "resource": {
                "aws_cloudwatch_log_group": {"logs": {"name": GROUP, "kms_key_id": key}},
                "aws_kms_key": {"logs": {"policy": sealed}},
                "aws_iam_role": {"logs": {"name": "rejects", "assume_role_policy": trust}},
                "aws_iam_role_policy": {
                    "logs": {"role": "${aws_iam_role.logs.id}", "policy": allowed}
                },
                "aws_flow_log": {
                    "main": {
                        "vpc_id": "vpc-1",
                        "traffic_type": "REJECT",
                        "log_destination": destination,
                        "iam_role_arn": role,
                        "depends_on": ["aws_cloudwatch_log_group.logs"],
                    }
                },
            },
        }
    named = (
        {"LogDestination": destination}
        if "destination" in words.written
        else {"LogGroupName": {"Ref": "Logs"}}
    )
    return {
        "Resources": {
            "Logs": {
                "Type": "AWS::Logs::LogGroup",
                "Properties": {"LogGroupName": GROUP, "KmsKeyId": key},
            },
            "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": sealed}},
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": "rejects",
                    "AssumeRolePolicyDocument": trust,
                    "Policies": [{"PolicyName": "write", "PolicyDocument": allowed}],
                },
            },
            "FlowLog": {
                "Type": "AWS::EC2::FlowLog",
                "DependsOn": "Logs",
                "Properties": {
                    "ResourceId": "vpc-1",
                    "ResourceType": "VPC",
                    "TrafficType": "REJECT",
                    "DeliverLogsPermissionArn": role,
                    **named,
                },
            },
        }
    }


def to_stream(words: Words) -> Document:
    """A flow log to a stream of another account; places: destination, cross, resource."""
    other = "444455556666"
    name = "AWSLogDeliveryFirehoseCrossAccountRole"
    trust = words.document({**service("delivery.logs.amazonaws.com"), "Action": "sts:AssumeRole"})
    allowed = words.document(
        {"Action": ["iam:PassRole", "logs:CreateLogDelivery"], "Resource": "*"},
        {
            "Action": "sts:AssumeRole",
            "Resource": words.arn("resource", f"iam::{other}:role/{name}"),
        },
    )
    stream = words.arn("destination", f"firehose:cn-north-1:{other}:deliverystream/flow-logs")
    cross = words.arn("cross", f"iam::{other}:role/{name}")
    if words.terraform:
        return {
            "data": DATA,
            "resource": {
                "aws_iam_role": {"logs": {"name": "sender", "assume_role_policy": trust}},
                "aws_iam_role_policy": {
                    "logs": {"role": "${aws_iam_role.logs.id}", "policy": allowed}
                },
                "aws_flow_log": {
                    "main": {
                        "vpc_id": "vpc-1",
                        "traffic_type": "ALL",
                        "log_destination_type": "kinesis-data-firehose",
                        "log_destination": stream,
                        "iam_role_arn": "${aws_iam_role.logs.arn}",
                        "deliver_cross_account_role": cross,
                    }
                },
            },
        }
    return {
        "Resources": {
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": "sender",
                    "AssumeRolePolicyDocument": trust,
                    "Policies": [{"PolicyName": "send", "PolicyDocument": allowed}],
                },
            },
            "FlowLog": {
                "Type": "AWS::EC2::FlowLog",
                "Properties": {
                    "ResourceId": "vpc-1",
                    "ResourceType": "VPC",
                    "TrafficType": "ALL",
                    "LogDestinationType": "kinesis-data-firehose",
                    "LogDestination": stream,
                    "DeliverLogsPermissionArn": {"Fn::GetAtt": ["Role", "Arn"]},
                    "DeliverCrossAccountRole": cross,
                },
            },
        }
    }


MAKE = {"bucket": to_bucket, "group": to_group, "stream": to_stream}
PLACES = {
    "bucket": ("destination", "objects", "acl", "source", "key"),
    "group": ("destination", "role", "trust", "resource", "context", "root"),
}
USABLE = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": name}, "Action": "kms:*", "Resource": "*"}
        for name in ("delivery.logs.amazonaws.com", "logs.cn-north-1.amazonaws.com")
    ],
}


def judged(
    tree: Tree, language: str, to: str, written: Mapping[str, str], settings: Settings
) -> Report:
    """The report of one delivery; the key that an ARN names exists elsewhere."""
    key = f"arn:{written.get('key', 'aws')}:kms:cn-north-1:{ACCOUNT}:key/{KEY_ID}"
    top = tree(
        {
            language: json.dumps(MAKE[to](Words(language, written))),
            "key.json": json.dumps(USABLE),
            "existing.toml": f'[[existing]]\nkey = "{key}"\npolicy = "key.json"\n',
        }
    )
    report = run([top], Options(settings, existing=("existing.toml",)), working=top)
    assert report.diagnostics == ()
    return report


def blamed(report: Report) -> list[tuple[str, str]]:
    """The rule of each finding, and its words that speak of a partition."""
    found: list[tuple[str, str]] = []
    for one in report.findings:
        said = [one.message, *(hop.note for hop in one.evidence)]
        found.append((one.rule, " ".join(words for words in said if "partition" in words)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partition", [CN, GOV, "aws"])
@pytest.mark.parametrize(("to", "place"), [(to, one) for to in PLACES for one in PLACES[to]])
def test_one_place_alone_tells_the_partition(
    tree: Tree, language: str, to: str, place: str, partition: str
) -> None:
    report = judged(tree, language, to, {place: partition}, Settings(account=ACCOUNT))
    assert report.findings == ()
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partition", [CN, GOV])
@pytest.mark.parametrize("to", PLACES)
def test_all_places_tell_one_partition(tree: Tree, language: str, to: str, partition: str) -> None:
    written = dict.fromkeys(PLACES[to], partition)
    report = judged(tree, language, to, written, Settings(account=ACCOUNT))
    assert report.findings == ()
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK]


BUCKET = "bucket-policy-refuses-log-delivery"
MALFORMED = "flow-log-destination-malformed"
KEY = "key-cannot-encrypt-logs"
GROUP_KEY = "log-group-key-refuses-cloudwatch-logs"
TRUST = "role-lacks-flow-logs-trust"
WRITE = "role-may-not-write-logs"
REST_CN = "partition aws, the rest of this delivery is of aws-cn"
REST_AWS = "partition aws-cn, the rest of this delivery is of aws"
NOT_CN, NOT_AWS = "in partition aws, not aws-cn", "in partition aws-cn, not aws"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("to", "written", "rule", "words"),
    [
        # Two statements of one document: one vote each, and nobody writes aws-cn by mistake.
        ("bucket", {"objects": CN, "acl": "aws"}, BUCKET, NOT_CN),
        ("bucket", {"objects": "aws", "acl": CN}, BUCKET, NOT_CN),
        ("bucket", {"objects": CN, "source": "aws"}, BUCKET, NOT_CN),
        # A literal destination against the policy, one vote each.
        ("bucket", {"destination": "aws", "objects": CN}, MALFORMED, REST_CN),
        ("bucket", {"destination": CN, "objects": "aws"}, BUCKET, NOT_CN),
        # The key votes as well.
        ("bucket", {"key": CN, "source": "aws"}, BUCKET, NOT_CN),
        ("bucket", {"key": "aws", "objects": CN}, KEY, REST_CN),
        ("bucket", {"key": CN, "objects": "aws", "destination": "aws"}, KEY, REST_AWS),
        ("bucket", {"destination": CN, "objects": "aws", "key": "aws"}, MALFORMED, REST_AWS),
        # The documents of a role and of the log group's key, one vote each.
        ("group", {"trust": CN, "resource": "aws"}, WRITE, NOT_CN),
        ("group", {"trust": "aws", "resource": CN}, TRUST, NOT_CN),
        ("group", {"context": CN, "resource": "aws"}, WRITE, NOT_CN),
        ("group", {"context": "aws", "resource": CN}, GROUP_KEY, NOT_CN),
        ("group", {"context": CN, "trust": "aws", "resource": "aws"}, GROUP_KEY, NOT_AWS),
        ("group", {"trust": CN, "context": "aws", "resource": "aws"}, TRUST, NOT_AWS),
        ("group", {"group-key": "aws", "resource": CN}, KEY, REST_CN),
        ("group", {"destination": "aws", "trust": CN}, MALFORMED, REST_CN),
        ("group", {"role": "aws", "trust": CN}, "flow-log-role-malformed", REST_CN),
        (
            "group",
            {"role": CN, "trust": "aws", "resource": "aws"},
            "flow-log-role-malformed",
            REST_AWS,
        ),
        ("stream", {"destination": "aws", "cross": CN, "resource": CN}, MALFORMED, REST_CN),
        (
            "stream",
            {"destination": CN, "cross": CN, "resource": "aws"},
            "cross-account-role-lacks-permission",
            NOT_CN,
        ),
        (
            "stream",
            {"destination": CN, "cross": "aws", "resource": CN},
            "flow-log-role-malformed",
            REST_CN,
        ),
    ],
)
def test_the_fewer_are_blamed_and_aws_where_they_are_even(
    tree: Tree, language: str, to: str, written: dict[str, str], rule: str, words: str
) -> None:
    report = judged(tree, language, to, written, Settings(account=ACCOUNT))
    [(found, said)] = blamed(report)
    assert (found, words) == (rule, words if words in said else said)
    # AWS adds to a bucket's policy what it lacks, and the next apply takes it away.
    verdict = Verdict.MAY_FAIL if rule == BUCKET else Verdict.WILL_FAIL
    assert [one.verdict for one in report.deliveries] == [verdict]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "settings",
    [
        Settings(account=ACCOUNT, region="cn-north-1"),
        Settings(account=ACCOUNT, partition=CN),
        Settings(account=ACCOUNT, region="cn-north-1", partition=CN),
    ],
)
@pytest.mark.parametrize(
    ("to", "place", "rule"),
    [("bucket", "objects", BUCKET), ("bucket", "source", BUCKET), ("group", "resource", WRITE)],
)
def test_what_is_given_outweighs_every_vote(
    tree: Tree, language: str, to: str, place: str, rule: str, settings: Settings
) -> None:
    report = judged(tree, language, to, {place: "aws"}, settings)
    [(found, said)] = blamed(report)
    assert (found, NOT_CN in said) == (rule, True)
    assert judged(tree, language, to, {place: CN}, settings).findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_arn_of_another_partition_than_the_one_given(tree: Tree, language: str) -> None:
    settings = Settings(account=ACCOUNT, region="cn-north-1")
    for to, place, rule in (
        ("bucket", "destination", MALFORMED),
        ("bucket", "key", KEY),
        ("group", "group-key", KEY),
        ("group", "role", "flow-log-role-malformed"),
    ):
        report = judged(tree, language, to, {place: "aws"}, settings)
        [(found, said)] = blamed(report)
        assert found == rule
        assert "partition aws, this is deployed to aws-cn" in said


CHOSEN = {
    "main.tf": """
data "aws_partition" "current" {}
data "aws_region" "current" {}
locals {
  arn = "arn:${CONDITION ? "aws-cn" : "aws"}:s3:::acme-logs"
}
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["s3:PutObject", "s3:GetBucketAcl"]
      Resource  = [local.arn, "${local.arn}/*"]
    }]
  })
}
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}
""",
    "stack.yaml": """
Conditions:
  InChina: CONDITION
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-logs
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal:
            Service: delivery.logs.amazonaws.com
          Action: [s3:PutObject, s3:GetBucketAcl]
          Resource:
            - !If [InChina, "arn:aws-cn:s3:::acme-logs", "arn:aws:s3:::acme-logs"]
            - !If [InChina, "arn:aws-cn:s3:::acme-logs/*", "arn:aws:s3:::acme-logs/*"]
  FlowLog:
    Type: AWS::EC2::FlowLog
    DependsOn: Policy
    Properties:
      ResourceId: vpc-1
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !GetAtt Logs.Arn
""",
}
CONDITIONS = {
    ("main.tf", "region"): 'data.aws_region.current.region == "cn-north-1"',
    ("main.tf", "partition"): 'data.aws_partition.current.partition == "aws-cn"',
    ("stack.yaml", "region"): "!Equals [!Ref AWS::Region, cn-north-1]",
    ("stack.yaml", "partition"): "!Equals [!Ref AWS::Partition, aws-cn]",
}


@pytest.mark.parametrize(("language", "by"), CONDITIONS)
@pytest.mark.parametrize("region", ["cn-north-1", "eu-west-1"])
def test_a_region_settles_what_a_template_asks_of_the_partition(
    tree: Tree, language: str, by: str, region: str
) -> None:
    top = tree({language: CHOSEN[language].replace("CONDITION", CONDITIONS[language, by])})
    report = run([top], Options(Settings(region=region)), working=top)
    assert report.findings == ()
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK]


@pytest.mark.parametrize("by", ["region", "partition"])
def test_how_to_give_what_a_choice_hangs_on_is_told(tree: Tree, by: str) -> None:
    """CloudFormation's conditions are followed both ways; Terraform's stay open."""
    top = tree({"main.tf": CHOSEN["main.tf"].replace("CONDITION", CONDITIONS["main.tf", by])})
    [delivery] = run([top], Options(), working=top).deliveries
    assert delivery.verdict is Verdict.CANNOT_TELL
    fact = delivery.open[0]
    assert (fact.fact, fact.supply) == (f"the {by} that this is deployed to", f"--{by} NAME")
    top = tree(
        {"stack.yaml": CHOSEN["stack.yaml"].replace("CONDITION", CONDITIONS["stack.yaml", by])}
    )
    (top / "main.tf").unlink()
    assert [one.verdict for one in run([top], Options(), working=top).deliveries] == [
        Verdict.WILL_WORK
    ]
