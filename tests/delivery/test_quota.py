"""The number of flow logs of one resource, at the limit and one beyond, in CloudFormation."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.engine import run

HEAD = """
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.40.0.0/16
  Logs:
    Type: AWS::S3::Bucket
"""
FLOW_LOG = """
  FlowLog{number}:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref {vpc}
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !Sub ${{Logs.Arn}}/{number}
"""


def judge(top: Path, counts: dict[str, int]) -> list[str]:
    body = HEAD.replace("  Logs:", "  Other:\n    Type: AWS::EC2::VPC\n  Logs:")
    for vpc, count in counts.items():
        for number in range(count):
            body += FLOW_LOG.format(number=f"{vpc}{number}", vpc=vpc)
    (top / "stack.yaml").write_text(body, encoding="utf-8")
    report = run([top], working=top)
    return [one.name for one in report.findings if one.rule == "flow-log-quota"]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"Vpc": 250}, []),
        ({"Vpc": 251}, ["FlowLogVpc250"]),
        ({"Vpc": 200, "Other": 200}, []),
    ],
)
def test_a_vpc_has_at_most_250_flow_logs(
    tmp_path: Path, counts: dict[str, int], found: list[str]
) -> None:
    assert judge(tmp_path, counts) == found
