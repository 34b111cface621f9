"""Templates of three deliveries in both languages, with or without a partition at each place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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
