"""Two right designs, in which one thing at a time can be made wrong, written in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings

if TYPE_CHECKING:
    from tests.conftest import Tree

ACCOUNT, REGION = "111122223333", "eu-central-1"
BUCKET, GROUP = "arn:aws:s3:::acme-logs", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/acme/vpc"
Document = dict[str, Any]
DROP = "(nothing)"
Slip = Callable[[str, str, str, object, str], None]


def document(*statements: Document) -> Document:
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", **one} for one in statements],
    }


def service(name: str) -> Document:
    return {"Service": name}


SOURCE = {
    "StringEquals": {"aws:SourceAccount": ACCOUNT},
    "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:*"},
}
ROOT = {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
USES = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
DELIVERY = service("delivery.logs.amazonaws.com")
TO_BUCKET: Document = {
    "bucket": "acme-logs",
    "to": "s3",
    "destination": "",
    "traffic": "ALL",
    "interval": 600,
    "resource": "VPC",
    "encryption": {"algorithm": "aws:kms", "key": "arn"},
    "policy": document(
        {
            "Principal": DELIVERY,
            "Action": "s3:PutObject",
            "Resource": f"{BUCKET}/AWSLogs/{ACCOUNT}/*",
            "Condition": SOURCE,
        },
        {
            "Principal": DELIVERY,
            "Action": "s3:GetBucketAcl",
            "Resource": BUCKET,
            "Condition": SOURCE,
        },
    ),
    "key": document(
        ROOT, {"Principal": DELIVERY, "Action": USES, "Resource": "*", "Condition": SOURCE}
    ),
}
TO_GROUP: Document = {
    "group": "/acme/vpc",
    "to": "cloud-watch-logs",
    "destination": "",
    "traffic": "REJECT",
    "interval": 60,
    "resource": "VPC",
    "role": "arn",
    "group-key": "arn",
    "trust": document(
        {
            "Principal": service("vpc-flow-logs.amazonaws.com"),
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": ACCOUNT},
                "ArnLike": {"aws:SourceArn": f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc-flow-log/*"},
            },
        }
    ),
    "allowed": document(
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": f"{GROUP}:*"}
    ),
    "key": document(
        ROOT,
        {
            "Principal": service(f"logs.{REGION}.amazonaws.com"),
            "Action": USES,
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": GROUP}},
        },
    ),
}


def changed(design: Document, where: str, value: object) -> Document:
    """The design with one place changed: `policy/Statement/0/Action`; `+` adds to a list."""
    whole: Document = json.loads(json.dumps(design))  # nothing in it is one thing in two places
    *path, last = [int(part) if part.isdigit() else part for part in where.split("/")]
    inner: Any = whole
    for part in path:
        inner = inner[part]
    if last == "+":
        inner.append(value)
    elif value == DROP:
        del inner[last]
    else:
        inner[last] = value
    return whole


def terraform(design: Document) -> Document:
    key = {"arn": "${aws_kms_key.k.arn}", "id": "${aws_kms_key.k.key_id}"}
    key["alias"] = "${aws_kms_alias.k.name}"
    watched = {"VPC": "vpc_id", "TransitGateway": "transit_gateway_id"}[design["resource"]]
    flow_log = {
        watched: "x-1",
        "traffic_type": design["traffic"],
        "log_destination_type": design["to"],
        "max_aggregation_interval": design["interval"],
    }
    resources: Document = {
        "aws_kms_key": {"k": {"policy": json.dumps(design["key"])}},
        "aws_kms_alias": {"k": {"name": "alias/acme", "target_key_id": "${aws_kms_key.k.id}"}},
        "aws_flow_log": {"main": flow_log},
    }
    role = design.get("role")
    if "bucket" in design:
        flow_log["log_destination"] = design["destination"] or "${aws_s3_bucket.b.arn}"
        flow_log["depends_on"] = ["aws_s3_bucket_policy.b"]
        given = design["encryption"]["key"]
        encryption = {
            "sse_algorithm": design["encryption"]["algorithm"],
            "kms_master_key_id": key.get(given, given),
        }
        owner = {"bucket": "${aws_s3_bucket.b.id}"}
        resources |= {
            "aws_s3_bucket": {"b": {"bucket": design["bucket"]}},
            "aws_s3_bucket_policy": {"b": {**owner, "policy": json.dumps(design["policy"])}},
            "aws_s3_bucket_server_side_encryption_configuration": {
                "b": {
                    **owner,
                    "rule": {"apply_server_side_encryption_by_default": encryption},
                }
            },
        }
    else:
        flow_log["log_destination"] = design["destination"] or "${aws_cloudwatch_log_group.g.arn}"
        given = design["group-key"]
        resources |= {
            "aws_cloudwatch_log_group": {
                "g": {"name": design["group"], "kms_key_id": key.get(given, given)}
            },
            "aws_iam_role": {
                "r": {"name": "flow", "assume_role_policy": json.dumps(design["trust"])}
            },
            "aws_iam_role_policy": {
                "r": {"role": "${aws_iam_role.r.id}", "policy": json.dumps(design["allowed"])}
            },
        }
        flow_log["depends_on"] = ["aws_cloudwatch_log_group.g"]
    if role:
        names = {"arn": "${aws_iam_role.r.arn}", "name": "${aws_iam_role.r.name}"}
        flow_log["iam_role_arn"] = names.get(role, role)
    return {"resource": resources}


def cloudformation(design: Document) -> Document:
    def get(name: str) -> Document:
        return {"Fn::GetAtt": [name, "Arn"]}

    keys = {"arn": get("Key"), "id": {"Ref": "Key"}, "alias": {"Ref": "Alias"}}
    properties = {
        "ResourceId": "x-1",
        "ResourceType": design["resource"],
        "TrafficType": design["traffic"],
        "LogDestinationType": design["to"],
        "MaxAggregationInterval": design["interval"],
    }
    if design["traffic"] is None:
        del properties["TrafficType"]
    alias = {"AliasName": "alias/acme", "TargetKeyId": {"Ref": "Key"}}
    resources: Document = {
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": design["key"]}},
        "Alias": {"Type": "AWS::KMS::Alias", "Properties": alias},
    }
    flow_log = {"Type": "AWS::EC2::FlowLog", "Properties": properties}
    if "bucket" in design:
        properties["LogDestination"] = design["destination"] or get("Bucket")
        flow_log["DependsOn"] = "Policy"
        given = design["encryption"]["key"]
        encryption = {
            "SSEAlgorithm": design["encryption"]["algorithm"],
            "KMSMasterKeyID": keys.get(given, given),
        }
        rules = [{"ServerSideEncryptionByDefault": encryption}]
        resources["Bucket"] = {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketName": design["bucket"],
                "BucketEncryption": {"ServerSideEncryptionConfiguration": rules},
            },
        }
        owned = {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": design["policy"]}
        resources["Policy"] = {"Type": "AWS::S3::BucketPolicy", "Properties": owned}
    else:
        if design["destination"]:
            properties["LogDestination"] = design["destination"]
            flow_log["DependsOn"] = "Group"
        else:
            properties["LogGroupName"] = {"Ref": "Group"}
        given = design["group-key"]
        group = {"LogGroupName": design["group"], "KmsKeyId": keys.get(given, given)}
        resources["Group"] = {"Type": "AWS::Logs::LogGroup", "Properties": group}
        role = {
            "RoleName": "flow",
            "AssumeRolePolicyDocument": design["trust"],
            "Policies": [{"PolicyName": "write", "PolicyDocument": design["allowed"]}],
        }
        resources["Role"] = {"Type": "AWS::IAM::Role", "Properties": role}
    if role_ := design.get("role"):
        names = {"arn": get("Role"), "name": {"Ref": "Role"}}
        properties["DeliverLogsPermissionArn"] = names.get(role_, role_)
    return {"Resources": {"FlowLog": flow_log, **resources}}


@pytest.fixture
def slip(tree: Tree) -> Slip:
    """Make one thing wrong in a design, in a language: there is one finding, of that rule.

    Without a rule there is none, and the logs will arrive.
    """

    def judge(language: str, to: str, where: str, value: object, rule: str) -> None:
        design = TO_BUCKET if to == "bucket" else TO_GROUP
        make = terraform if language == "main.tf.json" else cloudformation
        top = tree({language: json.dumps(make(changed(design, where, value)))})
        settings = Settings(account=ACCOUNT, region=REGION)
        report = run([top], Options(settings), working=top)
        assert report.diagnostics == ()
        assert [one.rule for one in report.findings] == ([rule] if rule else [])
        [delivery] = report.deliveries
        failing = {Verdict.WILL_FAIL, Verdict.MAY_FAIL}
        assert delivery.verdict in (failing if rule else {Verdict.WILL_WORK})

    return judge
