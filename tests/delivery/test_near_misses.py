"""One slip in a policy: the report names the slip, in Terraform and in CloudFormation alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.delivery.json_templates import (
    Document,
    template_logs,
    template_s3,
    terraform_logs,
    terraform_s3,
)
from validator.config import Options
from validator.engine import run
from validator.readers import Settings

ACCOUNT, OTHER = "111122223333", "444455556666"
REGION = "eu-central-1"
BUCKET = "arn:aws:s3:::acme-logs"
GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/acme/vpc"


def document(*statements: Document) -> Document:
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", **one} for one in statements],
    }


def service(name: str) -> Document:
    return {"Principal": {"Service": name}}


def bucket_policy(
    principal: str = "delivery.logs.amazonaws.com",
    objects: str = f"{BUCKET}/AWSLogs/{ACCOUNT}/*",
    action: str = "s3:PutObject",
    **conditions: object,
) -> Document:
    condition = {"Condition": conditions} if conditions else {}
    return document(
        {"Sid": "Write", **service(principal), "Action": action, "Resource": objects, **condition},
        {
            "Sid": "Check",
            **service("delivery.logs.amazonaws.com"),
            "Action": "s3:GetBucketAcl",
            "Resource": BUCKET,
        },
    )


def trust(principal: str = "vpc-flow-logs.amazonaws.com", **conditions: object) -> Document:
    condition = {"Condition": conditions} if conditions else {}
    return document({**service(principal), "Action": "sts:AssumeRole", **condition})


def permissions(resource: str = f"{GROUP}:*", action: str = "logs:*") -> Document:
    return document({"Action": action, "Resource": resource})


def notes(folder: Path, resources: Document, *, terraform: bool) -> list[str]:
    """What the findings of a template say."""
    if terraform:
        provider = {"provider": {"aws": {"region": REGION}}}
        (folder / "main.tf.json").write_text(json.dumps({**provider, "resource": resources}))
    else:
        (folder / "stack.json").write_text(json.dumps({"Resources": resources}))
    options = Options(settings=Settings(account=ACCOUNT, region=REGION))
    report = run([folder], options, working=folder)
    assert report.diagnostics == ()
    assert len(report.findings) <= 1
    return [
        note
        for finding in report.findings
        for note in (finding.message, *(one.note for one in finding.evidence))
    ]


LANGUAGES = pytest.mark.parametrize("terraform", [True, False], ids=["tf", "cfn"])


@LANGUAGES
@pytest.mark.parametrize(
    ("policy", "note"),
    [
        (bucket_policy(), ""),
        (
            bucket_policy("vpc-flow-logs.amazonaws.com"),
            "its Principal is vpc-flow-logs.amazonaws.com, not delivery.logs.amazonaws.com",
        ),
        (
            bucket_policy(objects=f"arn:aws:s3:::acme-log/AWSLogs/{ACCOUNT}/*"),
            "its Resource names bucket acme-log, not acme-logs",
        ),
        (
            bucket_policy(objects=f"arn:aws:s3:::acme-Logs/AWSLogs/{ACCOUNT}/*"),
            "its Resource names bucket acme-Logs, not acme-logs: capital letters count",
        ),
        (
            bucket_policy(objects=f"{BUCKET}/AWSLogs/{OTHER}/*"),
            f"its Resource covers AWSLogs/{OTHER}/*, not AWSLogs/{ACCOUNT}/vpcflowlogs/{REGION}/…",
        ),
        (
            bucket_policy(objects=f"{BUCKET}/awslogs/{ACCOUNT}/*"),
            f"its Resource covers awslogs/{ACCOUNT}/*, "
            f"not AWSLogs/{ACCOUNT}/vpcflowlogs/{REGION}/…: capital letters count",
        ),
        (
            bucket_policy(objects=f"arn:aws-us-gov:s3:::acme-logs/AWSLogs/{ACCOUNT}/*"),
            "its Resource is in partition aws-us-gov, not aws: "
            f"write arn:aws:s3:::acme-logs/AWSLogs/{ACCOUNT}/*",
        ),
        (
            bucket_policy(action="s3:PutObjectAcl"),
            "its Action is s3:PutObjectAcl, not s3:PutObject",
        ),
        (
            bucket_policy(StringEquals={"aws:SourceAccount": OTHER}),
            f"its aws:SourceAccount is {OTHER}, not {ACCOUNT}",
        ),
        (
            bucket_policy(ArnLike={"aws:SourceArn": f"arn:aws:logs:eu-west-1:{ACCOUNT}:*"}),
            f"its aws:SourceArn names region eu-west-1, not {REGION}",
        ),
        (
            bucket_policy(ArnLike={"aws:SourceArn": f"arn:aws:logs:eu-west-1:{OTHER}:*"}),
            f"its aws:SourceArn names region eu-west-1, not {REGION} "
            f"and names account {OTHER}, not {ACCOUNT}",
        ),
        (
            bucket_policy(ArnLike={"aws:SourceArn": f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/vpc-1"}),
            "its aws:SourceArn is an ARN of ec2, not of logs",
        ),
        (
            bucket_policy(StringEquals={"aws:SourceArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:*"}),
            "its aws:SourceArn has a * that StringEquals takes for itself: "
            "use StringLike or ArnLike",
        ),
        (
            bucket_policy(StringEquals={"s3:x-amz-acl": "private"}),
            "its s3:x-amz-acl is private, not bucket-owner-full-control",
        ),
    ],
)
def test_a_slip_in_a_bucket_policy(
    tmp_path: Path, policy: Document, note: str, terraform: bool
) -> None:
    resources = terraform_s3(policy) if terraform else template_s3(policy)
    found = notes(tmp_path, resources, terraform=terraform)
    assert (f"statement Write does not match: {note}" in found) if note else (found == [])


@LANGUAGES
@pytest.mark.parametrize(
    ("role", "policy", "note"),
    [
        (trust(), permissions(), ""),
        (
            trust("delivery.logs.amazonaws.com"),
            permissions(),
            "its Principal is delivery.logs.amazonaws.com, not vpc-flow-logs.amazonaws.com",
        ),
        (
            trust(ArnLike={"aws:SourceArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:*"}),
            permissions(),
            "its aws:SourceArn is an ARN of logs, not of ec2",
        ),
        (
            trust(ArnLike={"aws:SourceArn": f"arn:aws:ec2:{REGION}:{OTHER}:vpc-flow-log/*"}),
            permissions(),
            f"its aws:SourceArn names account {OTHER}, not {ACCOUNT}",
        ),
        (
            trust(),
            permissions(GROUP),
            "its Resource names the log group, not its streams: append :*",
        ),
        (
            trust(),
            permissions(GROUP.replace("/acme/vpc", "/acme/Vpc") + ":*"),
            "its Resource names log group /acme/Vpc, not /acme/vpc: capital letters count",
        ),
        (
            trust(),
            permissions(GROUP.replace(REGION, "us-east-1") + ":*"),
            f"its Resource names region us-east-1, not {REGION}",
        ),
        (
            trust(),
            permissions(GROUP.replace(ACCOUNT, OTHER) + ":*"),
            f"its Resource names account {OTHER}, not {ACCOUNT}",
        ),
        (
            trust(),
            permissions(GROUP.replace("arn:aws:", "arn:aws-cn:") + ":*"),
            f"its Resource is in partition aws-cn, not aws: write {GROUP}:*",
        ),
        (
            trust(),
            permissions(action="logs:PutLogEvents"),
            "its Action is logs:PutLogEvents, not logs:CreateLogStream",
        ),
    ],
)
def test_a_slip_in_the_policies_of_a_role(
    tmp_path: Path, role: Document, policy: Document, note: str, terraform: bool
) -> None:
    make = terraform_logs if terraform else template_logs
    found = notes(tmp_path, make(role, policy), terraform=terraform)
    assert (f"statement 1 does not match: {note}" in found) if note else (found == [])


@LANGUAGES
def test_a_service_in_capital_letters_is_no_service(tmp_path: Path, terraform: bool) -> None:
    make = terraform_s3 if terraform else template_s3
    policy = bucket_policy("Delivery.logs.amazonaws.com")
    found = notes(tmp_path, make(policy), terraform=terraform)
    assert [note.rpartition(": ")[2] for note in found] == ["a service is written in lower case"]
