"""What is missing is asked for once, however much of a delivery hangs on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings

if TYPE_CHECKING:
    from tests.conftest import Tree

TERRAFORM = """
variable "enabled" {
  type = bool
}

resource "aws_flow_log" "main" {
  count                = var.enabled ? 1 : 0
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs[0].arn
}

resource "aws_s3_bucket" "logs" {
  count  = var.enabled ? 1 : 0
  bucket = "acme-flow-logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  count  = var.enabled ? 1 : 0
  bucket = aws_s3_bucket.logs[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.enabled ? var.key : "none"
    }
  }
}

variable "key" {
  type = string
}
"""
WHOLE = "bucket = aws_s3_bucket.logs[0]"
GIVEN = Settings(variables=(("enabled", "true"), ("key", "alias/logs")))


def test_one_missing_variable_is_named_once(tree: Tree) -> None:
    tree({"main.tf": TERRAFORM})
    [delivery] = run([Path()]).deliveries
    assert delivery.verdict is Verdict.CANNOT_TELL
    asked = [one.supply for one in delivery.open]
    assert "--var enabled=VALUE" in asked
    assert len(asked) == len(set(asked))


def test_a_whole_resource_instead_of_its_name_is_called_so(tree: Tree) -> None:
    tree({"main.tf": TERRAFORM.replace("bucket = aws_s3_bucket.logs[0].id", WHOLE)})
    [delivery] = run([Path()], Options(settings=GIVEN)).deliveries
    assert delivery.verdict is Verdict.CANNOT_TELL
    [fact] = delivery.open
    assert "a whole resource or module stands here" in fact.fact
    assert fact.supply.startswith("write the attribute")
