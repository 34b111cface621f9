"""What a module leaves to its callers is no fault of the module."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.reports import Report

ROLE = """
variable "vpc_id" {
  type = string
}

variable "role_arn" {
  type    = string
  default = null
}

resource "aws_flow_log" "main" {
  vpc_id          = var.vpc_id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:flow-logs"
  iam_role_arn    = var.role_arn
}
"""
DESTINATION = ROLE.replace(
    '"arn:aws:logs:eu-west-1:111122223333:log-group:flow-logs"', "var.role_arn"
).replace("iam_role_arn    = var.role_arn", 'log_destination_type = "s3"')
TRAFFIC = DESTINATION.replace('"ALL"', "var.role_arn")
KEY = """
variable "vpc_id" {
  type = string
}

variable "role_arn" {
  default = ""
}

resource "aws_flow_log" "main" {
  vpc_id               = var.vpc_id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.role_arn
    }
  }
}
"""
CALL = 'module "flow_log" {\n  source = "./flow_log"\n  vpc_id = "vpc-1"\n}\n'
CASES = pytest.mark.parametrize("text", [ROLE, DESTINATION, TRAFFIC, KEY])


def judge(top: Path, files: dict[str, str], *, given: bool = False) -> Report:
    for name, text in files.items():
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    variables = (("vpc_id", "vpc-1"),) if given else ()
    return run([top], Options(settings=Settings(variables=variables)), working=top)


@CASES
def test_a_module_that_lacks_values_may_be_given_more(tmp_path: Path, text: str) -> None:
    report = judge(tmp_path, {"main.tf": text})
    assert report.findings == ()
    [delivery] = report.deliveries
    assert delivery.verdict is Verdict.CANNOT_TELL
    assert "--var role_arn=VALUE" in {one.supply for one in delivery.open}


@CASES
def test_a_root_module_is_judged_by_its_defaults(tmp_path: Path, text: str) -> None:
    report = judge(tmp_path, {"main.tf": text}, given=True)
    assert report.findings != ()
    assert {one.verdict for one in report.deliveries} == {Verdict.WILL_FAIL}


@CASES
def test_a_called_module_is_judged_by_its_call(tmp_path: Path, text: str) -> None:
    report = judge(tmp_path, {"main.tf": CALL, "flow_log/main.tf": text})
    assert report.findings != ()
    assert {one.verdict for one in report.deliveries} == {Verdict.WILL_FAIL}


def test_what_a_module_never_hands_on_is_its_own_fault(tmp_path: Path) -> None:
    """The root module lacks a value, but gives the inner one no role whatever is given to it."""
    outer = 'variable "vpc_id" {\n  type = string\n}\n' + CALL.replace('"vpc-1"', "var.vpc_id")
    report = judge(tmp_path, {"main.tf": outer, "flow_log/main.tf": ROLE})
    assert [one.rule for one in report.findings] == ["flow-log-role-missing"]
