"""Flow logs that a module makes whose source is not here: told, never passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator.engine import run
from validator.outcomes import Verdict

VPC = "terraform-aws-modules/vpc/aws"


def judged(tmp_path: Path, text: str) -> list[tuple[str, Verdict, list[str]]]:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    report = run([tmp_path], working=tmp_path)
    assert not report.findings
    assert not report.diagnostics
    return [
        (one.address.partition("#")[2], one.verdict, [fact.supply for fact in one.open])
        for one in report.deliveries
    ]


def call(inputs: str, source: str = VPC) -> str:
    return f'module "net" {{\n  source = "{source}"\n  {inputs}\n}}\n'


@pytest.mark.parametrize(
    ("inputs", "source"),
    [
        ("enable_flow_log = true", VPC),
        ("enable_flow_log = true", "git::https://example.com/vpc.git?ref=v1.0.0"),
        ("flow_logs_enabled = true", VPC),
        ("create_vpc_flow_logs = var.open", VPC),
        ("vpc_flow_logs = { log_destination_type = 's3' }".replace("'", '"'), VPC),
        ('flow_log = "s3"', VPC),
        ('name = "a"', "acme/vpc-flow-logs/aws"),
        ("enable_flow_log = true\n  flow_log_destination_arn = aws_s3_bucket.b.arn", VPC),
    ],
)
def test_a_call_that_asks_for_flow_logs(tmp_path: Path, inputs: str, source: str) -> None:
    text = call(inputs, source) + 'variable "open" {}\nresource "aws_s3_bucket" "b" {}\n'
    assert judged(tmp_path, text) == [("module.net", Verdict.CANNOT_TELL, ["terraform init"])]


@pytest.mark.parametrize(
    ("inputs", "source"),
    [
        ("enable_flow_log = false", VPC),
        ("enable_flow_log = null", VPC),
        ("enable_flow_log = var.off", VPC),
        ("enable_flow_log = false", "acme/vpc-flow-logs/aws"),
        ("vpc_flow_logs = {}", VPC),
        ('flow_log = "none"', VPC),
        ("flow_log_retention = 7", VPC),
        ("allow_vpc_flow_logs_access = true", VPC),
        ("count = 0\n  enable_flow_log = true", VPC),
        ("for_each = {}\n  enable_flow_log = true", VPC),
        ('name = "flow-log"', VPC),
    ],
)
def test_a_call_that_asks_for_none(tmp_path: Path, inputs: str, source: str) -> None:
    text = call(inputs, source) + 'variable "off" {\n  default = false\n}\n'
    assert judged(tmp_path, text) == []


def test_each_instance_says_what_it_wants(tmp_path: Path) -> None:
    inputs = "for_each = { a = true, b = false }\n  enable_flow_log = each.value"
    assert [one[0] for one in judged(tmp_path, call(inputs))] == ['module.net["a"]']


def test_a_local_folder_that_is_not_there_comes_by_no_init(tmp_path: Path) -> None:
    assert judged(tmp_path, call("enable_flow_log = true", "./vpc")) == [
        ("module.net", Verdict.CANNOT_TELL, [""])
    ]


def test_nothing_else_is_said_of_what_nobody_can_read(tmp_path: Path) -> None:
    """With provider 6 an argument log_group_name would be an error, were it written."""
    text = call("enable_flow_log = true")
    text += 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n'
    text += '      version = "~> 6.0"\n    }\n  }\n}\n'
    assert [one[1] for one in judged(tmp_path, text)] == [Verdict.CANNOT_TELL]


def test_a_module_that_was_installed_is_read(tmp_path: Path) -> None:
    installed = tmp_path / ".terraform/modules/net"
    installed.mkdir(parents=True)
    rows = [{"Key": "net", "Source": VPC, "Dir": ".terraform/modules/net"}]
    (installed.parent / "modules.json").write_text(json.dumps({"Modules": rows}))
    (installed / "main.tf").write_text(
        'variable "enable_flow_log" {}\n'
        'resource "aws_s3_bucket" "b" {\n  bucket = "acme-logs"\n}\n'
        'resource "aws_flow_log" "this" {\n  count = var.enable_flow_log ? 1 : 0\n'
        '  vpc_id = "vpc-12345678"\n  traffic_type = "ALL"\n  log_destination_type = "s3"\n'
        "  log_destination = aws_s3_bucket.b.arn\n}\n"
    )
    assert judged(tmp_path, call("enable_flow_log = true")) == [
        ("module.net.aws_flow_log.this[0]", Verdict.WILL_WORK, [])
    ]
