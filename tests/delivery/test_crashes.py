"""A bug of ours that meets one flow log is told, and costs no other its verdict."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.cli import main
from validator.delivery.case import Case
from validator.delivery.needs import Need
from validator.delivery.s3 import s3_needs
from validator.delivery.target import ToBucket
from validator.engine import run
from validator.outcomes import Verdict

if TYPE_CHECKING:
    from tests.conftest import Tree

TERRAFORM = """
resource "aws_flow_log" "NAME" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "TRAFFIC"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}
"""
BUCKET = """
resource "aws_s3_bucket" "logs" {
  bucket = "acme-crashes"
}
"""
TEMPLATE = """
Resources:
  Logs:
    Type: AWS::S3::Bucket
  sick:
    Type: AWS::EC2::FlowLog
    Properties: {ResourceId: vpc-0123456789abcdef0, ResourceType: VPC, TrafficType: ALL,
      LogDestinationType: s3, LogDestination: !GetAtt Logs.Arn}
  well:
    Type: AWS::EC2::FlowLog
    Properties: {ResourceId: vpc-0123456789abcdef0, ResourceType: VPC, TrafficType: REJECT,
      LogDestinationType: s3, LogDestination: !GetAtt Logs.Arn}
"""
BOTH = {
    "main.tf": BUCKET
    + TERRAFORM.replace("NAME", "sick").replace("TRAFFIC", "ALL")
    + TERRAFORM.replace("NAME", "well").replace("TRAFFIC", "REJECT"),
    "template.yaml": TEMPLATE,
}


@pytest.mark.parametrize("name", BOTH)
def test_the_others_keep_their_verdict(
    name: str, tree: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tree({name: BOTH[name]})

    def sick(case: Case, target: ToBucket) -> tuple[Case, list[Need]]:
        if case.flow_log.address.endswith("sick"):
            raise ValueError("a bug")
        return s3_needs(case, target)

    monkeypatch.setattr(sys.modules["validator.delivery.deliveries"], "s3_needs", sick)
    report = run([Path()])
    verdicts = {one.name.removeprefix("aws_flow_log."): one for one in report.deliveries}
    assert verdicts["well"].verdict is Verdict.WILL_WORK
    assert verdicts["sick"].verdict is Verdict.CANNOT_TELL
    [fact] = verdicts["sick"].open
    assert "a bug of ours" in fact.fact
    [told] = report.diagnostics
    assert told.kind == "internal"
    assert "sick" in told.message and "ValueError: a bug" in told.message
    assert main([]) == 4
    capsys.readouterr()
