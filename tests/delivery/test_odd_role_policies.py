"""Trust and permissions of roles as people write them, through both languages.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.json_templates import template_logs, terraform_logs
from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings

Tree = Callable[[Mapping[str, str | bytes]], Path]
Statement = dict[str, Any]

ACCOUNT, OTHER, REGION = "111122223333", "444455556666", "eu-central-1"
GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/acme/vpc"
WORKS, FAILS = Verdict.WILL_WORK, Verdict.WILL_FAIL
OPEN = Verdict.CANNOT_TELL
# What AWS's documentation implies only.
RISKY = Verdict.MAY_FAIL

TRUST: Statement = {
    "Effect": "Allow",
    "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
WRITE: Statement = {
    "Effect": "Allow",
    "Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:Describe*"],
    "Resource": "*",
}


def trust(**changes: Any) -> list[Statement]:
    return [TRUST | changes]


def trust_if(operator: str, key: str, value: Any, **changes: Any) -> list[Statement]:
    return trust(Condition={operator: {key: value}}, **changes)


def trust_but(**changes: Any) -> list[Statement]:
    base = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}
    return [TRUST, base | changes]


SOURCE = "aws:SourceArn"
LOG = f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc-flow-log"
TRUSTS: list[tuple[list[Statement], Verdict]] = [
    (trust(), WORKS),
    (trust(Principal={"Service": ["ec2.amazonaws.com", "vpc-flow-logs.amazonaws.com"]}), WORKS),
    (trust(Principal="*"), WORKS),
    (trust(Principal={"Service": "delivery.logs.amazonaws.com"}), FAILS),
    (trust(Action="sts:*"), WORKS),
    (trust(Action=["STS:assumerole", "sts:TagSession"]), WORKS),
    (trust(Action="sts:TagSession"), FAILS),
    (trust(Resource="*"), FAILS),
    ([TRUST | {"Sid": "A"}, TRUST | {"Sid": "A"}], FAILS),
    (trust_if("StringEquals", "aws:SourceAccount", ACCOUNT), WORKS),
    (trust_if("StringEquals", "aws:SourceAccount", OTHER), FAILS),
    (trust_if("ArnLike", SOURCE, f"{LOG}/*"), WORKS),
    (trust_if("ArnEquals", SOURCE, f"arn:aws:ec2:*:{ACCOUNT}:vpc-flow-log/fl-*"), WORKS),
    (trust_if("ArnLike", SOURCE, f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/*"), FAILS),
    (trust_if("ArnLike", SOURCE, f"arn:aws:logs:{REGION}:{ACCOUNT}:*"), FAILS),
    (trust_if("ArnLike", SOURCE, "arn:aws:ec2:*:vpc-flow-log/*"), OPEN),
    (trust_if("ArnEquals", SOURCE, f"{LOG}/fl-0123456789abcdef0"), OPEN),
    (trust_if("StringEquals", SOURCE, f"{LOG}/*"), FAILS),
    (trust_if("StringEquals", "sts:ExternalId", "x"), RISKY),
    (trust_if("StringEqualsIfExists", "sts:ExternalId", "x"), WORKS),
    (trust_if("Bool", "aws:MultiFactorAuthPresent", True, Principal="*"), FAILS),
    (trust_but(Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}), FAILS),
    (
        trust_but(
            Condition={
                "StringNotEquals": {"aws:PrincipalOrgID": "o-1"},
                "Bool": {"aws:PrincipalIsAWSService": False},
            }
        ),
        WORKS,
    ),
    (trust_but(Principal={"Service": "ec2.amazonaws.com"}), WORKS),
]


def write(**changes: Any) -> list[Statement]:
    names = {name.removeprefix("Not") for name in changes}
    return [{name: value for name, value in WRITE.items() if name not in names} | changes]


def write_but(**changes: Any) -> list[Statement]:
    names = {name.removeprefix("Not") for name in changes}
    base = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    return [
        WRITE,
        {name: value for name, value in base.items() if name not in names} | changes,
    ]


def write_but_if(operator: str, key: str, value: Any) -> list[Statement]:
    return write_but(Condition={operator: {key: value}})


PERMISSIONS: list[tuple[list[Statement], Verdict]] = [
    (write(), WORKS),
    (write(Action=["LOGS:createlogstream", "logs:PUTlogEVENTS", "logs:Describe*"]), WORKS),
    (write(Action="logs:*LogEvent?"), FAILS),
    (write(NotAction="iam:*"), WORKS),
    (write(NotAction="logs:Put*"), FAILS),
    (write(Resource=GROUP), FAILS),
    (write(Resource=f"{GROUP}*"), WORKS),
    (write(Resource=f"{GROUP}:*"), WORKS),
    (write(Resource=[GROUP, f"{GROUP}:log-stream:*"]), WORKS),
    (write(Resource="arn:aws:logs:*:*:*"), WORKS),
    (write(Resource="arn:aws:logs:*"), OPEN),
    (write(NotResource="arn:aws:logs:*:*:log-group:/other/*"), WORKS),
    (write(NotResource=f"{GROUP}:*"), FAILS),
    # A role may have tags.
    (write(Resource="arn:aws:logs:*:*:log-group:${aws:PrincipalTag/x, '/acme/vpc'}:*"), OPEN),
    (write(Condition={"Bool": {"aws:SecureTransport": True}}), WORKS),
    (write(Condition={"Bool": {"aws:PrincipalIsAWSService": "true"}}), FAILS),
    (write(Sid="A") * 2, FAILS),
    (write(Sid="A b"), FAILS),
    (write(Principal="*"), FAILS),
    (write_but(NotResource="arn:aws:logs:*:*:log-group:/other/*"), FAILS),
    (write_but(NotResource=f"{GROUP}*"), WORKS),
    (write_but(NotAction="s3:*"), FAILS),
    (write_but(NotAction=["logs:*", "iam:*"]), WORKS),
    (write_but_if("StringNotEquals", "aws:RequestedRegion", [REGION]), WORKS),
    (write_but_if("StringNotEquals", "aws:RequestedRegion", ["us-east-1"]), FAILS),
    (write_but_if("StringNotEquals", "aws:ResourceAccount", [ACCOUNT]), WORKS),
    (write_but_if("StringNotEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}"), WORKS),
    (write_but_if("StringNotEquals", "aws:ResourceAccount", [OTHER]), FAILS),
    (write_but_if("BoolIfExists", "aws:MultiFactorAuthPresent", "false"), FAILS),
    (write_but_if("Bool", "aws:MultiFactorAuthPresent", "false"), WORKS),
    (write_but_if("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"), FAILS),
]


def judged(tree: Tree, trusts: Any, permits: Any, *, terraform: bool) -> Verdict:
    documents = [{"Version": "2012-10-17", "Statement": one} for one in (trusts, permits)]
    if terraform:
        words = json.dumps(terraform_logs(*documents)).replace("${aws:", "$${aws:")
        provider = {"aws": {"region": REGION}}
        whole = {"provider": provider, "resource": json.loads(words)}
    else:
        whole = {"Resources": template_logs(*documents)}
    name = "main.tf.json" if terraform else "stack.json"
    options = Options(settings=Settings(account=ACCOUNT, region=REGION))
    report = run([tree({name: json.dumps(whole)})], options)
    assert report.diagnostics == ()
    [delivery] = report.deliveries
    assert (delivery.verdict is OPEN) == bool(delivery.open)
    assert len(report.findings) == (delivery.verdict in (FAILS, RISKY))
    return delivery.verdict


LANGUAGES = pytest.mark.parametrize("terraform", [True, False], ids=["tf", "cfn"])


@LANGUAGES
@pytest.mark.parametrize(("statements", "verdict"), TRUSTS)
def test_whom_a_role_trusts(
    tree: Tree, statements: list[Statement], verdict: Verdict, terraform: bool
) -> None:
    assert judged(tree, statements, [WRITE], terraform=terraform) is verdict


@LANGUAGES
@pytest.mark.parametrize(("statements", "verdict"), PERMISSIONS)
def test_what_a_role_may_do(
    tree: Tree, statements: list[Statement], verdict: Verdict, terraform: bool
) -> None:
    assert judged(tree, [TRUST], statements, terraform=terraform) is verdict
