"""What one root module takes from the state of another one of the run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.reports import Report

BUCKET = """
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
resource "aws_s3_bucket" "logs" {
  bucket = "acme-central-logs"
}
output "bucket_arn" {
  value = aws_s3_bucket.logs.arn
}
output "buckets" {
  value = { flow = { arn = aws_s3_bucket.logs.arn }, list = [aws_s3_bucket.logs.arn] }
}
"""
POLICY = """
data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["s3:PutObject", "s3:GetBucketAcl"]
    resources = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json
}
"""
OTHER_POLICY = POLICY.replace("delivery.logs", "cloudtrail")


def flow_log(value: str, account: str = "444455556666") -> str:
    return (
        f'provider "aws" {{\n  region = "eu-west-1"\n  allowed_account_ids = ["{account}"]\n}}\n'
        'resource "aws_flow_log" "this" {\n  vpc_id = "vpc-12345678"\n  traffic_type = "ALL"\n'
        f'  log_destination_type = "s3"\n  log_destination = {value}\n}}\n'
    )


def backend(type_: str, **arguments: str) -> str:
    written = "".join(f'    {name} = "{value}"\n' for name, value in arguments.items())
    return f'terraform {{\n  backend "{type_}" {{\n{written}  }}\n}}\n'


def remote(type_: str, more: str = "", **config: str) -> str:
    written = ", ".join(f'{name} = "{value}"' for name, value in config.items())
    return (
        f'data "terraform_remote_state" "logs" {{\n  backend = "{type_}"\n'
        f"  config = {{ {written} }}\n  {more}\n}}\n"
    )


OUTPUT = "data.terraform_remote_state.logs.outputs.bucket_arn"


def verdicts(tmp_path: Path, files: Mapping[str, str], *paths: str) -> list[Verdict]:
    report = judged(tmp_path, files, *paths)
    return [one.verdict for one in report.deliveries]


def judged(tmp_path: Path, files: Mapping[str, str], *paths: str) -> Report:
    for name, text in files.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir(exist_ok=True)
    return run([tmp_path / path for path in paths or (".",)], Options(), working=tmp_path)


KEY = "central/logs.tfstate"


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (backend("s3", bucket="acme-state", key=KEY), remote("s3", bucket="acme-state", key=KEY)),
        (backend("s3", key=KEY), remote("s3", bucket="acme-state", key=KEY)),
        (backend("s3", key=KEY), remote("s3", key=KEY)),
        (backend("gcs", bucket="a", prefix="x/y"), remote("gcs", bucket="a", prefix="x/y")),
        (
            backend("azurerm", container_name="a", key=KEY),
            remote("azurerm", container_name="a", key=KEY),
        ),
        ("", remote("local", path="../logs/terraform.tfstate")),
        (backend("local", path="../s/logs.tfstate"), remote("local", path="../s/logs.tfstate")),
        (
            backend("s3", key=KEY),
            remote("s3", 'workspace = "default"', key=KEY),
        ),
    ],
)
def test_the_state_of_another_folder_is_followed(tmp_path: Path, own: str, theirs: str) -> None:
    for policy, verdict in ((POLICY, Verdict.WILL_WORK), (OTHER_POLICY, Verdict.WILL_FAIL)):
        files = {"logs/main.tf": own + BUCKET + policy, "net/main.tf": theirs + flow_log(OUTPUT)}
        assert verdicts(tmp_path, files) == [verdict]
        assert verdicts(tmp_path, files, "net/main.tf") == [verdict]


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (backend("s3", bucket="a-state", key=KEY), remote("s3", bucket="b-state", key=KEY)),
        (backend("s3", key=KEY), remote("s3", key="other/logs.tfstate")),
        (backend("s3", key=KEY), remote("gcs", prefix=KEY)),
        (backend("s3", key=KEY), remote("s3", 'workspace = "prod"', key=KEY)),
        (backend("s3"), remote("s3", key=KEY)),
        ("terraform {\n  cloud {}\n}\n", remote("local", path="../logs/terraform.tfstate")),
        (backend("s3", key=KEY), remote("local", path="../logs/terraform.tfstate")),
        ("", remote("local", path="../log/terraform.tfstate")),
    ],
)
def test_another_state_settles_nothing(tmp_path: Path, own: str, theirs: str) -> None:
    files = {
        "logs/main.tf": own + BUCKET + OTHER_POLICY,
        "net/main.tf": theirs + flow_log(OUTPUT),
    }
    assert verdicts(tmp_path, files) == [Verdict.CANNOT_TELL]


@pytest.mark.parametrize(
    "path", ["buckets.flow.arn", 'buckets["flow"]["arn"]', "buckets.list[0]", "buckets.flow.arn"]
)
def test_what_is_inside_of_an_output(tmp_path: Path, path: str) -> None:
    files = {
        "logs/main.tf": backend("s3", key=KEY) + BUCKET + OTHER_POLICY,
        "net/main.tf": remote("s3", key=KEY)
        + flow_log(f"data.terraform_remote_state.logs.outputs.{path}"),
    }
    assert verdicts(tmp_path, files) == [Verdict.WILL_FAIL]


@pytest.mark.parametrize("path", ["no_such", "buckets.no_such", "buckets.list[7]", "buckets"])
def test_an_output_that_is_not_there_stays_open(tmp_path: Path, path: str) -> None:
    """The state may be of another commit than the files."""
    files = {
        "logs/main.tf": backend("s3", key=KEY) + BUCKET + OTHER_POLICY,
        "net/main.tf": remote("s3", key=KEY)
        + flow_log(f"data.terraform_remote_state.logs.outputs.{path}"),
    }
    assert verdicts(tmp_path, files) == [Verdict.CANNOT_TELL]


def test_two_folders_with_one_key_settle_nothing(tmp_path: Path) -> None:
    files = {
        "a/main.tf": backend("s3", key=KEY) + BUCKET + OTHER_POLICY,
        "b/main.tf": backend("s3", key=KEY) + BUCKET.replace("central", "other") + OTHER_POLICY,
        "net/main.tf": remote("s3", key=KEY) + flow_log(OUTPUT),
    }
    assert verdicts(tmp_path, files) == [Verdict.CANNOT_TELL]


def test_the_account_of_another_folder_is_not_ours(tmp_path: Path) -> None:
    """Two open accounts are two unknowns: in one account AWS would write the policy itself."""
    account = '  allowed_account_ids = ["111122223333"]\n'
    output = 'output "named" {\n  value = "arn:aws:s3:::${aws_s3_bucket.logs.id}"\n}\n'
    caller = 'data "aws_caller_identity" "me" {}\n'
    bucket = BUCKET.replace(account.replace("  allowed", "  allowed"), "").replace(
        '"acme-central-logs"', '"logs-${data.aws_caller_identity.me.account_id}"'
    )
    ours = flow_log("data.terraform_remote_state.logs.outputs.named").replace(
        'allowed_account_ids = ["444455556666"]', ""
    )
    files = {
        "logs/main.tf": backend("s3", key=KEY) + bucket.replace(account, "") + output + caller,
        "net/main.tf": remote("s3", key=KEY) + ours,
    }
    (one,) = judged(tmp_path, files).deliveries
    assert one.verdict is Verdict.CANNOT_TELL
    assert any("account" in fact.fact for fact in one.open)


def test_states_that_lead_back_to_each_other(tmp_path: Path) -> None:
    output = f'output "bucket_arn" {{\n  value = {OUTPUT}\n}}\n'
    files = {
        "a/main.tf": backend("s3", key="a") + remote("s3", key="b") + output,
        "b/main.tf": backend("s3", key="b") + remote("s3", key="a") + output,
        "net/main.tf": remote("s3", key="a") + flow_log(OUTPUT),
    }
    assert verdicts(tmp_path, files) == [Verdict.CANNOT_TELL]


def test_a_state_that_hands_on_what_it_took(tmp_path: Path) -> None:
    output = f'output "bucket_arn" {{\n  value = {OUTPUT}\n}}\n'
    files = {
        "logs/main.tf": backend("s3", key="logs") + BUCKET + OTHER_POLICY,
        "base/main.tf": backend("s3", key="base") + remote("s3", key="logs") + output,
        "net/main.tf": remote("s3", key="base") + flow_log(OUTPUT),
    }
    assert verdicts(tmp_path, files) == [Verdict.WILL_FAIL]
    assert verdicts(tmp_path, files, "net/main.tf") == [Verdict.WILL_FAIL]


def test_the_report_leads_to_the_output(tmp_path: Path) -> None:
    files = {
        "logs/main.tf": backend("s3", key=KEY) + BUCKET.replace("logs.arn\n", "logs.id\n"),
        "net/main.tf": remote("s3", key=KEY) + flow_log(OUTPUT),
    }
    (finding,) = judged(tmp_path, files).findings
    assert finding.rule == "flow-log-destination-malformed"
    assert finding.span.file == "net/main.tf"
    hops = [(one.span.file, one.note) for one in finding.evidence]
    assert ("logs/main.tf", f"state s3 {KEY}: bucket_arn") in hops


@pytest.mark.parametrize(
    "expression",
    [
        'contains(keys({0}), "bucket_arn") ? {0}.bucket_arn : "arn:aws:s3:::Wrong"',
        'length({0}) > 0 ? {0}.bucket_arn : "arn:aws:s3:::Wrong"',
        'length(values({0})) > 0 ? {0}.bucket_arn : "arn:aws:s3:::Wrong"',
        'lookup({0}, "no_such", "arn:aws:s3:::Wrong")',
        'try(merge({{ a = 1 }}, {0}).no_such, "arn:aws:s3:::Wrong")',
    ],
)
def test_nobody_knows_all_outputs_of_a_state(tmp_path: Path, expression: str) -> None:
    """A name with a capital would be a fault, were it surely chosen."""
    value = expression.format("data.terraform_remote_state.logs.outputs")
    files = {"net/main.tf": remote("s3", key=KEY) + flow_log(value)}
    assert verdicts(tmp_path, files) == [Verdict.CANNOT_TELL]
