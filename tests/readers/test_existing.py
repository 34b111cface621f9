"""What a person tells of resources that exist already, judged like the repository's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from validator.cli import main
from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.reports import Report

S3 = """
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
}
"""
LOGS = """
provider "aws" {
  region = "eu-west-1"
}

resource "aws_flow_log" "main" {
  vpc_id          = "vpc-1"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc"
  iam_role_arn    = "arn:aws:iam::111122223333:role/svc/flow"
}
"""
TEMPLATE = """
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-1
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs
"""
KEY = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"


def policy(*statements: Mapping[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(service: str, action: str | list[str], resource: str | list[str]) -> dict[str, object]:
    return {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": action,
        "Resource": resource,
    }


BUCKET = ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"]
GRANT = policy(allow("delivery.logs.amazonaws.com", "s3:*", BUCKET))
REFUSAL = policy(allow("cloudtrail.amazonaws.com", "s3:*", BUCKET))
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
)


def judged(folder: Path, files: Mapping[str, str], account: str = "") -> Report:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    from validator.readers import Settings

    options = Options(settings=Settings(account=account), existing=("existing.toml",))
    return run([folder], options, working=folder)


def verdicts(report: Report) -> list[Verdict]:
    return [one.verdict for one in report.deliveries]


@pytest.mark.parametrize(("name", "source"), [("main.tf", S3), ("template.yaml", TEMPLATE)])
@pytest.mark.parametrize("printed", [False, True])
def test_the_policy_of_a_bucket_that_exists_is_judged(
    tmp_path: Path, name: str, source: str, printed: bool
) -> None:
    told = '[[existing]]\nbucket = "acme-logs"\npolicy = "policy.json"\nencryption = "AES256"\n'
    for document, verdict in ((GRANT, Verdict.WILL_WORK), (REFUSAL, Verdict.MAY_FAIL)):
        # `aws s3api get-bucket-policy` prints the policy as a text inside an object.
        text = json.dumps({"Policy": document}) if printed else document
        report = judged(tmp_path, {name: source, "existing.toml": told, "policy.json": text})
        assert not report.diagnostics
        assert verdicts(report) == [verdict]


def test_what_is_not_told_stays_unknown(tmp_path: Path) -> None:
    told = '[[existing]]\nbucket = "acme-logs"\n'
    report = judged(tmp_path, {"main.tf": S3, "existing.toml": told})
    assert verdicts(report) == [Verdict.CANNOT_TELL]
    facts = {fact.fact for fact in report.deliveries[0].open}
    assert "the policy of bucket acme-logs is not told" in facts
    assert "the encryption of bucket acme-logs is not told" in facts


@pytest.mark.parametrize("service", ["delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com"])
def test_encryption_as_the_command_prints_it_leads_to_the_key(tmp_path: Path, service: str) -> None:
    told = (
        '[[existing]]\nbucket = "acme-logs"\npolicy = "policy.json"\nencryption = "e.json"\n'
        f'[[existing]]\nkey = "{KEY}"\npolicy = "key.json"\n'
    )
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
    printed = {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}
    files = {
        "main.tf": S3,
        "existing.toml": told,
        "policy.json": GRANT,
        "e.json": json.dumps(printed),
        "key.json": policy(allow(service, "kms:GenerateDataKey*", "*")),
    }
    report = judged(tmp_path, files)
    if service == "delivery.logs.amazonaws.com":
        assert verdicts(report) == [Verdict.WILL_WORK]
    else:
        assert [one.rule for one in report.findings] == ["key-policy-refuses-log-delivery"]


@pytest.mark.parametrize(("suffix", "works"), [(":*", True), ("", False)])
def test_a_role_and_a_log_group_that_exist(tmp_path: Path, suffix: str, works: bool) -> None:
    group = "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc"
    statement = {"Effect": "Allow", "Action": "logs:*", "Resource": group + suffix}
    told = (
        '[[existing]]\nrole = "arn:aws:iam::111122223333:role/svc/flow"\n'
        'trust = "trust.json"\npolicies = ["permissions.json"]\nboundary = "none"\n'
        f'[[existing]]\nlog-group = "{group}"\n'
    )
    document = {"Version": "2012-10-17", "Statement": statement}
    files = {
        "main.tf": LOGS,
        "existing.toml": told,
        "trust.json": TRUST,
        # As `aws iam get-role-policy` prints it.
        "permissions.json": json.dumps({"PolicyName": "write", "PolicyDocument": document}),
    }
    report = judged(tmp_path, files, account="111122223333")
    assert verdicts(report) == [Verdict.WILL_WORK if works else Verdict.WILL_FAIL]


@pytest.mark.parametrize(
    ("told", "line", "message"),
    [
        ('[[existing]]\nbucket = "b"\npolcy = "p"\n', 3, "did you mean policy?"),
        ('[[existing]]\nregion = "eu-west-1"\n', 1, "names one of bucket, key"),
        ('[[existing]]\nbucket = "b"\naccount = 111122223333\n', 3, "must be text in quotes"),
        ('[[existing]]\nbucket = "b"\naccount = "1111"\n', 3, "an account's id of 12 digits"),
        ('[[existing]]\nbucket = "b"\naccount = "prod"\n', 2, "there is no account prod"),
        ('[[existing]]\nstream = "s"\ntags.LogDeliveryEnabled = true\n', 3, "text in quotes"),
        ('[existing]\nbucket = "b"\n', 1, "two brackets"),
        ('[[exists]]\nbucket = "b"\n', 1, "the file of --existing has no key exists"),
        ("[[existing\n", 1, "this is no TOML: Expected"),
        ('[[existing]]\nbucket = "b"\npolicy = "nowhere.json"\n', 2, "No such file"),
        ('[[existing]]\nbucket = "b"\npolicy = "../../../../etc/passwd"\n', 2, "outside"),
    ],
)
def test_a_file_that_cannot_be_meant_is_bad_configuration(
    tmp_path: Path,
    told: str,
    line: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = judged(tmp_path, {"main.tf": S3, "existing.toml": told})
    (fault,) = report.diagnostics
    assert (fault.span.file, fault.span.line, fault.kind) == ("existing.toml", line, "config")
    assert message in fault.message
    monkeypatch.chdir(tmp_path)
    assert main([".", "--existing", "existing.toml"]) == 2
    assert "root:" not in capsys.readouterr().out
