"""What a policy asks of the organisation of an account: told, looked up, or open."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.reports import Report

SCENE = Path(__file__).parents[2] / "sample_templates" / "scenes" / "central-bucket"
ROOT = "o-a1b2c3d4e5/r-ab12/"

OURS = 'organization = "o-a1b2c3d4e5"'
OTHER = 'organization = "o-zzzzzzzzzz"'


def judged(folder: Path, told: str = "", account: str = "") -> Report:
    existing: tuple[str, ...] = ()
    if told:
        (folder / "existing.toml").write_text(told, encoding="utf-8")
        existing = ("existing.toml",)
    options = Options(settings=Settings(account=account), existing=existing)
    report = run([folder], options, working=folder)
    assert report.diagnostics == ()
    return report


def verdicts(report: Report) -> set[Verdict]:
    return {one.verdict for one in report.deliveries}


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    shutil.copytree(SCENE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.toml"))
    return tmp_path


@pytest.mark.parametrize(
    ("told", "verdict", "findings"),
    [
        (f"[[existing]]\n{OURS}\n", Verdict.WILL_WORK, 0),
        (f"[[existing]]\n{OTHER}\n", Verdict.WILL_FAIL, 4),
        ('[[existing]]\norganization = "none"\n', Verdict.WILL_FAIL, 4),
    ],
)
def test_the_told_organisation_decides(
    scene: Path, told: str, verdict: Verdict, findings: int
) -> None:
    report = judged(scene, told)
    assert verdicts(report) == {verdict}
    assert len(report.findings) == findings


def test_without_a_word_the_report_says_what_to_write(scene: Path) -> None:
    report = judged(scene)
    assert verdicts(report) == {Verdict.CANNOT_TELL}
    for one in report.deliveries:
        (fact,) = one.open
        assert fact.fact == "which organisation the account that this is deployed to belongs to"
        assert 'organization = "o-..."' in fact.supply and "--existing" in fact.supply


@pytest.mark.parametrize(
    ("accounts", "account", "verdict"),
    [
        ("111122223333", "111122223333", Verdict.WILL_WORK),
        ("111122223333", "444455556666", Verdict.CANNOT_TELL),
        ("111122223333", "", Verdict.CANNOT_TELL),
    ],
)
def test_an_organisation_speaks_of_the_accounts_that_it_lists(
    scene: Path, accounts: str, account: str, verdict: Verdict
) -> None:
    told = f'[[existing]]\n{OURS}\naccounts = ["{accounts}"]\n'
    assert verdicts(judged(scene, told, account)) == {verdict}


def test_two_organisations_leave_an_unknown_account_open(scene: Path) -> None:
    told = f'[[existing]]\n{OURS}\naccounts = ["111122223333"]\n[[existing]]\n{OTHER}\n'
    report = judged(scene, told)
    assert verdicts(report) == {Verdict.CANNOT_TELL}
    assert {fact.supply for one in report.deliveries for fact in one.open} == {"--account ID"}
    assert verdicts(judged(scene, told, "111122223333")) == {Verdict.WILL_WORK}
    assert verdicts(judged(scene, told, "444455556666")) == {Verdict.WILL_FAIL}


PATHS = """
provider "aws" {
  region = "eu-west-1"
}

data "aws_organizations_organization" "mine" {
  PROVIDER
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
      Resource  = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
      Condition = CONDITION
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
"""
OTHER_PROVIDER = """
provider "aws" {
  alias   = "other"
  region  = "eu-west-1"
  profile = "other"
}
"""


def bucket_with(folder: Path, condition: object, *, provider: str = "") -> Path:
    main = PATHS.replace("CONDITION", json.dumps(condition)).replace("PROVIDER", provider)
    main = main.replace('"DATA"', "data.aws_organizations_organization.mine.id")
    (folder / "main.tf").write_text(main + OTHER_PROVIDER, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("condition", "path", "verdict"),
    [
        ({"ForAnyValue:StringLike": {"aws:SourceOrgPaths": f"{ROOT}*"}}, "", "cannot-tell"),
        ({"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-a1b2c3d4e5/*"}}, "", "will-work"),
        ({"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-zzzzzzzzzz/*"}}, "", "may-fail"),
        (
            {"ForAnyValue:StringLike": {"aws:SourceOrgPaths": f"{ROOT}*"}},
            f"{ROOT}ou-ab12-11111111/",
            "will-work",
        ),
        (
            {"ForAnyValue:StringEquals": {"aws:SourceOrgPaths": f"{ROOT}"}},
            f"{ROOT}ou-ab12-11111111/",
            "may-fail",
        ),
        # The bucket is in the same account, and so in the same organisation.
        ({"StringEquals": {"aws:SourceOrgID": "${aws:ResourceOrgID}"}}, "", "will-work"),
        # Log delivery is no principal of anybody's organisation.
        ({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, "", "may-fail"),
    ],
)
def test_the_place_in_an_organisation(
    tmp_path: Path, condition: object, path: str, verdict: str
) -> None:
    told = f"[[existing]]\n{OURS}\n" + (f'path = "{path}"\n' if path else "")
    # In Terraform's own strings `${` begins a template.
    text = json.loads(json.dumps(condition).replace("${", "$${"))
    report = judged(bucket_with(tmp_path, text), told)
    assert [one.verdict.value for one in report.deliveries] == [verdict]


@pytest.mark.parametrize(
    ("provider", "verdict"),
    [("", Verdict.WILL_WORK), ("provider = aws.other", Verdict.CANNOT_TELL)],
)
def test_who_looks_its_organisation_up_is_in_it(
    tmp_path: Path, provider: str, verdict: Verdict
) -> None:
    condition = {"StringEquals": {"aws:SourceOrgID": "DATA"}}
    folder = bucket_with(tmp_path, condition, provider=provider)
    assert verdicts(judged(folder)) == {verdict}
    # Told of both accounts, the two are one.
    assert verdicts(judged(folder, f"[[existing]]\n{OURS}\n")) == {Verdict.WILL_WORK}


@pytest.mark.parametrize("name", ["o-short", "a1b2c3d4e5", "O-A1B2C3D4E5"])
def test_what_is_no_organisation_is_refused(scene: Path, name: str) -> None:
    (scene / "existing.toml").write_text(
        f'[[existing]]\norganization = "{name}"\n', encoding="utf-8"
    )
    report = run([scene], Options(existing=("existing.toml",)), working=scene)
    (fault,) = report.diagnostics
    assert (fault.kind, fault.span.line) == ("config", 2)
    assert f'organization "{name}" is not an organisation\'s ID or none' in fault.message
