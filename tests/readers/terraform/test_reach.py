"""What a module whose source is not at hand may know of: only what its call gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.engine import run
from validator.outcomes import Verdict

FLOW_LOG = """
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

variable "open" {
  type = string
}
"""


def call(inputs: str) -> str:
    return f'module "other" {{\n  source = "acme/other/aws"\n  {inputs}\n}}\n'


@pytest.mark.parametrize(
    ("inputs", "verdict"),
    [
        ('name = "something-else"', Verdict.WILL_WORK),
        ("azs = data.aws_availability_zones.all.names", Verdict.WILL_WORK),
        ("vpc_tags = module.third.tags", Verdict.WILL_WORK),
        ("tags = var.open", Verdict.WILL_WORK),
        ("depends_on = [module.third]", Verdict.WILL_WORK),
        ("bucket = aws_s3_bucket.logs.id", Verdict.CANNOT_TELL),
        ("settings = { buckets = [aws_s3_bucket.logs.arn] }", Verdict.CANNOT_TELL),
        ('bucket = "acme-logs"', Verdict.CANNOT_TELL),
        ('policy = jsonencode({ Resource = "arn:aws:s3:::acme-logs/*" })', Verdict.CANNOT_TELL),
        ("bucket = var.open", Verdict.CANNOT_TELL),
        ("bucket = module.third.name", Verdict.CANNOT_TELL),
        ("bucket = data.terraform_remote_state.s.outputs.bucket", Verdict.CANNOT_TELL),
        ("for_each = var.open\n  name = each.value", Verdict.CANNOT_TELL),
    ],
)
def test_a_missing_module_matters_only_to_what_it_is_given(
    tmp_path: Path, inputs: str, verdict: Verdict
) -> None:
    text = FLOW_LOG + call(inputs)
    text += 'data "aws_availability_zones" "all" {}\n'
    text += 'data "terraform_remote_state" "s" {\n  backend = "s3"\n}\n'
    text += 'module "third" {\n  source = "acme/third/aws"\n}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    report = run([tmp_path], working=tmp_path)
    assert [one.verdict for one in report.deliveries] == [verdict]


def test_a_file_that_cannot_be_read_may_hold_anything(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(FLOW_LOG, encoding="utf-8")
    (tmp_path / "broken.tf").write_text('resource "aws_s3_bucket_policy" {{{', encoding="utf-8")
    report = run([tmp_path], working=tmp_path)
    assert [one.verdict for one in report.deliveries] == [Verdict.CANNOT_TELL]
    assert [one.kind for one in report.diagnostics] == ["syntax"]


@pytest.mark.parametrize(
    ("inputs", "verdict"),
    [
        ('name = "ex-${basename(path.cwd)}"', Verdict.WILL_WORK),
        ("bucket = var.open", Verdict.WILL_WORK),
        ("bucket = lower(aws_s3_bucket.logs.id)", Verdict.CANNOT_TELL),
        ("bucket = local.bucket", Verdict.CANNOT_TELL),
        ("bucket = aws_s3_object.marker.bucket", Verdict.CANNOT_TELL),
        ("bucket = module.third.name", Verdict.CANNOT_TELL),
    ],
)
def test_a_name_that_aws_makes_up_is_known_by_reference_only(
    tmp_path: Path, inputs: str, verdict: Verdict
) -> None:
    text = FLOW_LOG.replace('bucket = "acme-logs"', 'bucket_prefix = "acme-"') + call(inputs)
    text += 'module "third" {\n  source = "acme/third/aws"\n}\n'
    text += 'locals {\n  bucket = "x/${aws_s3_bucket.logs.id}"\n}\n'
    text += 'resource "aws_s3_object" "marker" {\n  bucket = aws_s3_bucket.logs.id\n}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    report = run([tmp_path], working=tmp_path)
    assert [one.verdict for one in report.deliveries] == [verdict]
