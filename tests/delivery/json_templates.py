"""The resources of a flow log with the policies that a test gives, as JSON in both languages."""

from __future__ import annotations

import json
from typing import Any

Document = dict[str, Any]


def terraform_s3(policy: Document) -> Document:
    return {
        "aws_s3_bucket": {"logs": {"bucket": "acme-logs"}},
        "aws_s3_bucket_policy": {
            "logs": {"bucket": "${aws_s3_bucket.logs.id}", "policy": json.dumps(policy)}
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


def template_s3(policy: Document) -> Document:
    return {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "acme-logs"}},
        "Policy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": policy},
        },
        "FlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "DependsOn": "Policy",
            "Properties": {
                "ResourceId": "vpc-1",
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogDestinationType": "s3",
                "LogDestination": {"Fn::GetAtt": "Bucket.Arn"},
            },
        },
    }


def terraform_logs(role: Document, policy: Document) -> Document:
    return {
        "aws_cloudwatch_log_group": {"logs": {"name": "/acme/vpc"}},
        "aws_iam_role": {"logs": {"name": "flow", "assume_role_policy": json.dumps(role)}},
        "aws_iam_role_policy": {
            "logs": {"role": "${aws_iam_role.logs.id}", "policy": json.dumps(policy)}
        },
        "aws_flow_log": {
            "main": {
                "vpc_id": "vpc-1",
                "traffic_type": "ALL",
                "log_destination": "${aws_cloudwatch_log_group.logs.arn}",
                "iam_role_arn": "${aws_iam_role.logs.arn}",
            }
        },
    }


def template_logs(role: Document, policy: Document) -> Document:
    return {
        "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/acme/vpc"}},
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "RoleName": "flow",
                "AssumeRolePolicyDocument": role,
                "Policies": [{"PolicyName": "write", "PolicyDocument": policy}],
            },
        },
        "FlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "Properties": {
                "ResourceId": "vpc-1",
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogGroupName": {"Ref": "Group"},
                "DeliverLogsPermissionArn": {"Fn::GetAtt": "Role.Arn"},
            },
        },
    }
