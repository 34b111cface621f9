"""Names that may be declared in a file which Terragrunt writes: open, not missing."""

from __future__ import annotations

import pytest

from tests.conftest import Tree
from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.reports import Report

FLOW_LOG = """
resource "aws_flow_log" "this" {
  vpc_id               = "vpc-12345678"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::${var.bucket_name}/vpc/"
}
"""
FROM_FILE = """
generate "common" {
  path      = "common.tf"
  if_exists = "overwrite"
  contents  = file("./common/variables.tf")
}
"""
WRITTEN = """
generate "common" {
  path     = "common.tf"
  contents = <<-EOF
    variable "bucket_name" {
      type = string
    }
  EOF
}
"""
PROVIDER = """
generate "provider" {
  path     = "provider.tf"
  contents = <<EOF
provider "aws" {
  region = "eu-west-1"
}
EOF
}
remote_state {
  backend  = "s3"
  generate = { path = "backend.tf", if_exists = "overwrite_terragrunt" }
}
"""


def judged(tree: Tree, files: dict[str, str], **options: str) -> Report:
    folder = tree({".git/HEAD": "", "aws/network/main.tf": FLOW_LOG, **files})
    settings = Settings(variables=tuple(options.items()))
    return run([folder], Options(settings=settings))


@pytest.mark.parametrize("written", [FROM_FILE, WRITTEN])
@pytest.mark.parametrize("place", ["env/root.hcl", "terragrunt.hcl", "aws/network/terragrunt.hcl"])
def test_a_generated_file_may_declare_it(tree: Tree, written: str, place: str) -> None:
    report = judged(tree, {place: written})
    [delivery] = report.deliveries
    assert delivery.verdict is Verdict.CANNOT_TELL
    assert not report.findings
    [fact] = delivery.open
    assert fact.fact == (
        f"var.bucket_name may be declared in a file that Terragrunt writes ({place})"
    )
    assert fact.supply == "--var bucket_name=VALUE"


def test_what_is_given_for_it_counts(tree: Tree) -> None:
    report = judged(tree, {"env/root.hcl": FROM_FILE}, bucket_name="acme-logs")
    [finding] = report.findings
    assert finding.rule == "flow-log-bucket-missing"
    assert "acme-logs" in finding.message


def test_a_file_of_values_counts(tree: Tree) -> None:
    values = 'bucket_name = "acme-logs"\n'
    files = {"env/root.hcl": FROM_FILE, "aws/network/terraform.tfvars": values}
    [finding] = judged(tree, files).findings
    assert "acme-logs" in finding.message


@pytest.mark.parametrize(
    "written",
    [
        "",
        PROVIDER,
        'inputs = {\n  generate = "x"\n  contents = file("a.tf")\n}\n',
        FROM_FILE.replace("contents  = file(", "other = file("),
    ],
)
def test_what_declares_nothing_settles_nothing(tree: Tree, written: str) -> None:
    report = judged(tree, {"env/root.hcl": written}, bucket_name="acme-logs")
    [finding] = report.findings
    assert finding.rule == "flow-log-destination-undeclared"


@pytest.mark.parametrize("place", [".terraform/modules/x/root.hcl", ".terraform.lock.hcl"])
def test_what_init_brings_is_no_part_of_it(tree: Tree, place: str) -> None:
    [finding] = judged(tree, {place: FROM_FILE}).findings
    assert finding.rule == "flow-log-destination-undeclared"


def test_it_is_written_into_root_modules_only(tree: Tree) -> None:
    files = {"main.tf": 'module "net" {\n  source = "./aws/network"\n}\n', "root.hcl": FROM_FILE}
    [finding] = judged(tree, files).findings
    assert finding.rule == "flow-log-destination-undeclared"


def test_other_names_are_open_too(tree: Tree) -> None:
    value = "log_destination = aws_s3_bucket.logs.arn\n  iam_role_arn = module.iam.arn"
    text = FLOW_LOG.replace('log_destination      = "arn:aws:s3:::${var.bucket_name}/vpc/"', value)
    report = judged(tree, {"aws/network/main.tf": text, "root.hcl": FROM_FILE})
    assert not report.findings
    assert [one.verdict for one in report.deliveries] == [Verdict.CANNOT_TELL]


@pytest.mark.parametrize(("most", "verdict"), [(4, Verdict.WILL_FAIL), (3, Verdict.CANNOT_TELL)])
def test_a_repository_that_is_too_large_to_search_may_have_one(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, most: int, verdict: Verdict
) -> None:
    # `.git`, `aws`, `aws/network`, and the file in it.
    monkeypatch.setattr("validator.readers.terraform.generated.MAX_SEEN", most)
    [delivery] = judged(tree, {}).deliveries
    assert delivery.verdict is verdict
