"""A flow log that a baseline may hold, and the command that writes and heeds one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from validator import cli

Capture = pytest.CaptureFixture[str]

FILE = ".predeploy-baseline.json"
LOG = """\
resource "aws_flow_log" "NAME" {
  vpc_id               = "vpc-0123456789abcdefN"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-NAME"
}
"""
OPEN = LOG.replace('"arn:aws:s3:::acme-NAME"', "var.to") + 'variable "to" {}\n'
WORKS = LOG.replace('"arn:aws:s3:::acme-NAME"', "aws_s3_bucket.NAME.arn") + (
    'resource "aws_s3_bucket" "NAME" {\n  bucket = "acme-NAME"\n}\n'
)
TEMPLATE = """\
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-template
"""


def log(name: str, text: str = LOG) -> str:
    return text.replace("NAME", name).replace("abcdefN", f"abcde{ord(name[0]) % 10}{len(name)}")


class Ran:
    """What the command came to: exit code, JSON report, and what it complained of."""

    def __init__(self, capsys: Capture, *arguments: str) -> None:
        capsys.readouterr()
        self.code = cli.main([*arguments, "--format", "json"])
        shown = capsys.readouterr()
        self.found: dict[str, Any] = json.loads(shown.out)
        self.complaints = shown.err

    @property
    def new(self) -> list[str]:
        return [
            f"{one['rule']} {one['unit']}#{one['address']}"
            for one in self.found["findings"]
            if one["ignored"] is None
        ]

    @property
    def known(self) -> int:
        known: int = self.found["summary"]["known"]
        ignored = [one["ignored"] for one in self.found["findings"] if one["ignored"]]
        assert known == sum(one["by"] == "baseline" for one in ignored)
        return known


MISSING = "flow-log-bucket-missing"
