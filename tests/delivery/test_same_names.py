"""Accounts and regions with things of the same name: a delivery ends in those of its own.

The same stack stands in two accounts, right in one and wrong in the other, and the flow log of each
names what it needs by ARN.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from validator.cli import main

if TYPE_CHECKING:
    from tests.conftest import Tree

RIGHT, WRONG = "111122223333", "444455556666"
REGION = "eu-west-1"
LANGUAGES = {"terraform": "main.tf.json", "cloudformation": "stack.json"}
Document = dict[str, Any]


def document(effect: str, action: str, **more: object) -> Document:
    return {"Version": "2012-10-17", "Statement": {"Effect": effect, "Action": action, **more}}


TRUST = document("Allow", "sts:AssumeRole", Principal={"Service": "vpc-flow-logs.amazonaws.com"})
OTHER_TRUST = document("Allow", "sts:AssumeRole", Principal={"Service": "ec2.amazonaws.com"})
WRITE = document("Allow", "logs:*", Resource="*")
DENY = document("Deny", "logs:PutLogEvents", Resource="*")
SEALED = document(
    "Allow", "kms:*", Resource="*", Principal={"Service": f"logs.{REGION}.amazonaws.com"}
)
CLOSED = document(
    "Allow", "kms:*", Resource="*", Principal={"Service": "delivery.logs.amazonaws.com"}
)


class Stack:
    """What an account has; each part right, or wrong."""

    def __init__(self, account: str, wrong: str) -> None:
        self.account = account
        self.trust = OTHER_TRUST if wrong == "trust" else TRUST
        self.key = CLOSED if wrong == "key" else SEALED
        self.inline = DENY if wrong == "inline" else None
        self.by_name = DENY if wrong == "by-name" else None
        self.managed = DENY if wrong == "managed" else WRITE

    def terraform(self) -> Document:
        policies: Document = {}
        if self.inline:
            policies["own"] = {"role": "${aws_iam_role.r.id}", "policy": json.dumps(self.inline)}
        if self.by_name:
            policies["named"] = {"role": "flow-logs", "policy": json.dumps(self.by_name)}
        resources: Document = {
            "aws_cloudwatch_log_group": {
                "g": {"name": "/net/flow", "kms_key_id": "${aws_kms_key.k.arn}"}
            },
            "aws_kms_key": {"k": {"policy": json.dumps(self.key)}},
            "aws_iam_role": {
                "r": {"name": "flow-logs", "assume_role_policy": json.dumps(self.trust)}
            },
            "aws_iam_policy": {"p": {"name": "write", "policy": json.dumps(self.managed)}},
            "aws_iam_role_policy_attachment": {
                "a": {
                    "role": "flow-logs",
                    "policy_arn": f"arn:aws:iam::{self.account}:policy/write",
                }
            },
        }
        if policies:
            resources["aws_iam_role_policy"] = policies
        return {"provider": {"aws": {"region": REGION}}, "resource": resources}

    def cloudformation(self) -> Document:
        resources: Document = {
            "Group": {
                "Type": "AWS::Logs::LogGroup",
                "Properties": {
                    "LogGroupName": "/net/flow",
                    "KmsKeyId": {"Fn::GetAtt": ["Key", "Arn"]},
                },
            },
            "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": self.key}},
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": "flow-logs",
                    "AssumeRolePolicyDocument": self.trust,
                    "ManagedPolicyArns": [f"arn:aws:iam::{self.account}:policy/write"],
                    "Policies": [{"PolicyName": "own", "PolicyDocument": self.inline}]
                    if self.inline
                    else [],
                },
            },
            "Write": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {"ManagedPolicyName": "write", "PolicyDocument": self.managed},
            },
        }
        if self.by_name:
            resources["Named"] = {
                "Type": "AWS::IAM::RolePolicy",
                "Properties": {
                    "PolicyName": "named",
                    "RoleName": "flow-logs",
                    "PolicyDocument": self.by_name,
                },
            }
        return {"Resources": resources}


def flow_log(language: str, account: str) -> Document:
    group = f"arn:aws:logs:{REGION}:{account}:log-group:/net/flow"
    role = f"arn:aws:iam::{account}:role/flow-logs"
    if language == "terraform":
        return {
            "provider": {"aws": {"region": REGION}},
            "resource": {
                "aws_flow_log": {
                    "f": {
                        "vpc_id": "vpc-1",
                        "traffic_type": "ALL",
                        "log_destination": group,
                        "iam_role_arn": role,
                    }
                }
            },
        }
    return {
        "Resources": {
            "FlowLog": {
                "Type": "AWS::EC2::FlowLog",
                "Properties": {
                    "ResourceId": "vpc-1",
                    "ResourceType": "VPC",
                    "TrafficType": "ALL",
                    "LogDestination": group,
                    "DeliverLogsPermissionArn": role,
                },
            }
        }
    }


def verdicts(
    tree: Tree,
    capsys: pytest.CaptureFixture[str],
    language: str,
    stacks: Mapping[str, Stack],
    accounts: Mapping[str, str],
) -> dict[str, tuple[str, list[str]]]:
    """The verdict of each flow log with the rules found, by the folder of its template."""
    file = LANGUAGES[language]
    files = {
        f"{folder}/{file}": json.dumps(getattr(stack, language)())
        for folder, stack in stacks.items()
    }
    for folder, account in accounts.items():
        if folder not in stacks:
            files[f"{folder}/{file}"] = json.dumps(flow_log(language, account))
    told = (f'[[deploy]]\npaths = ["{one}"]\naccount = "{two}"\n' for one, two in accounts.items())
    region = f'region = "{REGION}"\n'
    tree({**files, "predeploy.toml": region + "".join(told)})
    main([".", "--format", "json", "--fail-on", "never"])
    report = json.loads(capsys.readouterr().out)
    assert report["diagnostics"] == []
    return {
        one["file"].partition("/")[0]: (
            one["verdict"],
            [two["rule"] for two in report["findings"] if two["unit"].startswith(one["unit"])],
        )
        for one in report["deliveries"]
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("trust", "role-lacks-flow-logs-trust"),
        ("inline", "role-may-not-write-logs"),
        ("by-name", "role-may-not-write-logs"),
        ("managed", "role-may-not-write-logs"),
        ("key", "log-group-key-refuses-cloudwatch-logs"),
    ],
)
def test_what_is_wrong_in_one_account_is_wrong_there_only(
    tree: Tree, capsys: pytest.CaptureFixture[str], language: str, wrong: str, rule: str
) -> None:
    """Whichever of them comes first."""
    for first, second in ((RIGHT, WRONG), (WRONG, RIGHT)):
        stacks = {
            name: Stack(account, wrong if account == WRONG else "")
            for name, account in (("a-base", first), ("b-base", second))
        }
        accounts = {"a-base": first, "b-base": second, "c-right": RIGHT, "d-wrong": WRONG}
        found = verdicts(tree, capsys, language, stacks, accounts)
        assert found["c-right"][0] == "will-work"
        assert found["d-wrong"] == ("will-fail", [rule])


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_of_two_it_is_stays_open_where_no_account_is_known(
    tree: Tree, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    stacks = {"a-base": Stack(RIGHT, ""), "b-base": Stack(WRONG, "trust")}
    file = LANGUAGES[language]
    files = {
        f"{folder}/{file}": json.dumps(getattr(stack, language)())
        for folder, stack in stacks.items()
    }
    files[f"c-net/{file}"] = json.dumps(flow_log(language, RIGHT))
    tree({**files, "predeploy.toml": f'region = "{REGION}"\n'})
    main([".", "--format", "json", "--fail-on", "never"])
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    [delivery] = report["deliveries"]
    assert delivery["verdict"] == "cannot-tell"
    [fact] = [one["fact"] for one in delivery["open"] if "which role" in one["fact"]]
    assert "a-base" in fact
    assert "b-base" in fact
