"""Twice as much to judge is twice the work: counted in calls of functions, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from benchmarks import cloudformation, terraform
from validator.delivery import lookup
from validator.engine import run

Write = Callable[[Path, int], object]

LOG_GROUP = """
resource "aws_vpc" "v{n}" {{
  cidr_block = "10.0.0.0/16"
}}
resource "aws_cloudwatch_log_group" "g{n}" {{
  name = "/acme/${{var.stage}}/{n}"
}}
resource "aws_iam_role" "r{n}" {{
  name               = "acme-${{var.stage}}-{n}"
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Principal = {{ Service = "vpc-flow-logs.amazonaws.com" }}
      Action    = "sts:AssumeRole"
    }}]
  }})
}}
resource "aws_iam_role_policy" "p{n}" {{
  role   = aws_iam_role.r{n}.id
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "logs:*", Resource = "*" }}]
  }})
}}
resource "aws_flow_log" "l{n}" {{
  vpc_id          = aws_vpc.v{n}.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.g{n}.arn
  iam_role_arn    = aws_iam_role.r{n}.arn
}}
"""
MISSING = """
resource "aws_s3_bucket" "b" {{
  bucket = "acme-logs-{n}"
}}
resource "aws_flow_log" "l" {{
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::central-{n}"
}}
"""
NAMED = """
resource "aws_flow_log" "l" {{
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/acme/prod/{n}"
  iam_role_arn    = "arn:aws:iam::111122223333:role/acme-prod-{n}"
}}
"""
EXPORTS = """
Resources:
  B:
    Type: AWS::S3::Bucket
Outputs:
  O:
    Value: !GetAtt B.Arn
    Export: {{Name: arn-{n}}}
"""
IMPORTS = """
Resources:
  L:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !ImportValue arn-{n}
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def modules(folder: Path, size: int) -> None:
    terraform.modules(folder, size, files=1)


def open_names(folder: Path, size: int) -> None:
    """Roles and log groups whose names are open, all in one module."""
    logs = "".join(LOG_GROUP.format(n=number) for number in range(size))
    write(folder / "main.tf", f'variable "stage" {{}}\n{logs}')


def names_elsewhere(folder: Path, size: int) -> None:
    """Roles and log groups by their names, each in another module."""
    for number in range(size):
        there = LOG_GROUP.format(n=number).partition('resource "aws_flow_log"')[0]
        write(folder / f"there_{number}" / "main.tf", there.replace("${var.stage}", "prod"))
        write(folder / f"here_{number}" / "main.tf", NAMED.format(n=number))


def missing_buckets(folder: Path, size: int) -> None:
    for number in range(size):
        write(folder / f"m{number}" / "main.tf", MISSING.format(n=number))


def instances(folder: Path, size: int) -> None:
    """One module, called for each of many keys."""
    module = terraform.SMALL.replace('"acme-network-logs"', '"acme-${var.name}"')
    write(folder / "net" / "main.tf", f'variable "name" {{}}\n{module}')
    keys = ", ".join(f'"k{number}"' for number in range(size))
    call = f'source = "./net"\n  for_each = toset([{keys}])\n  name = each.key'
    write(folder / "main.tf", f'module "net" {{\n  {call}\n}}\n')


def unread_modules(folder: Path, size: int) -> None:
    """Each module has a gap: the source of what it calls is not here."""
    for number in range(size):
        text = terraform.SMALL.replace("acme-network", f"acme-{number}")
        call = 'module "x" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n'
        write(folder / f"m{number}" / "main.tf", text + call)


def exports(folder: Path, size: int) -> None:
    for number in range(size):
        write(folder / f"there_{number}.yaml", EXPORTS.format(n=number))
        write(folder / f"here_{number}.yaml", IMPORTS.format(n=number))


def calls(write: Write, folder: Path, size: int) -> int:
    """How many functions a run calls."""
    folder.mkdir()
    (folder / ".git").mkdir()
    write(folder, size)
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        report = run([folder], working=folder)
    finally:
        sys.setprofile(None)
    assert len(report.deliveries) == size
    return count


@pytest.mark.parametrize(
    "write",
    [
        *(modules, terraform.fan, terraform.policy, cloudformation.templates, open_names),
        *(names_elsewhere, missing_buckets, instances, unread_modules, exports),
    ],
    ids=lambda write: write.__name__,
)
def test_twice_as_much_is_twice_the_work(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What was perhaps meant is only looked for among so many names.
    monkeypatch.setattr(lookup, "MAX_COMPARED", 0)
    run([tmp_path], working=tmp_path)
    calls(write, tmp_path / "warm", 2)
    one, two, four = (calls(write, tmp_path / f"n{size}", size) for size in (12, 24, 48))
    # What comes with the second twelve comes twice with the twenty-four after them.
    assert four - two <= 2.15 * (two - one)
