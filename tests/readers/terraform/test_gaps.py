"""What cannot be read is said, at its place, and everything else still counts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from validator.graph.values import Unknown

GOOD = 'resource "aws_s3_bucket" "good" {}\n'


@pytest.mark.parametrize(
    ("broken", "line", "column"),
    [
        ('resource "aws_s3_bucket" "b" {\n', 1, 30),
        ('resource "aws_s3_bucket" "b" {\n  bucket = \n}\n', 2, 12),
        ('resource "aws_s3_bucket" "b" {\n  bucket = "x\n}\n', 2, 14),
        ("x = <<EOF\n", 1, 5),
        ("?\n", 1, 1),
        ("/* x", 1, 1),
    ],
)
def test_broken_file(broken: str, line: int, column: int, reading: Any) -> None:
    read = reading({"broken.tf": broken, "good.tf": GOOD})
    assert "aws_s3_bucket.good" in read.by_name
    (found,) = read.result.diagnostics
    assert (found.kind, found.span.file) == ("syntax", "broken.tf")
    assert (found.span.line, found.span.column) == (line, column)
    (gap,) = read.world.gaps
    assert gap.unit == "." and gap.why.startswith("broken.tf could not be read: ")


def test_blocks_before_the_fault_still_count(reading: Any) -> None:
    read = reading(GOOD + "?\n" + GOOD.replace("good", "lost"))
    assert list(read.by_name) == ["aws_s3_bucket.good"]


def test_what_may_stand_in_a_broken_file_is_unknown_not_missing(reading: Any) -> None:
    text = 'resource "aws_flow_log" "f" {\n  log_destination = aws_s3_bucket.b.arn\n}\n'
    read = reading({"broken.tf": "?\n", "main.tf": text})
    node = read.node("aws_flow_log.f", "log_destination")
    assert isinstance(node, Unknown)
    assert node.why == "aws_s3_bucket.b may be declared in a file that could not be read"


def test_nothing_is_known_of_a_block_that_cannot_be_read(reading: Any) -> None:
    text = 'resource "aws_flow_log" "f" {\n  log_destination = = 1\n}\n' + GOOD
    read = reading(text)
    broken = read.by_name["aws_flow_log.f"]
    assert isinstance(broken.exists, Unknown)
    for name in ("log_destination", "iam_role_arn"):
        node = read.node("aws_flow_log.f", name)
        assert isinstance(node, Unknown)
        assert node.why == "the block of aws_flow_log.f could not be read"
    assert len(read.result.diagnostics) == len(read.world.gaps) == 1
    assert "aws_s3_bucket.good" in read.by_name


def test_locals_that_cannot_be_read_are_unknown_not_missing(reading: Any) -> None:
    text = "locals {\n  a = 1\n  a = 2\n}\n"
    text += 'resource "aws_s3_bucket" "b" {\n  bucket = local.a\n}\n'
    node = reading(text).node("aws_s3_bucket.b", "bucket")
    assert isinstance(node, Unknown) and "could not be read" in node.why


def test_an_override_that_cannot_be_read_may_say_anything(reading: Any) -> None:
    files = {"main.tf": GOOD, "override.tf": GOOD.replace("{}", "{\n  bucket = = 1\n}")}
    node = reading(files).node("aws_s3_bucket.good", "bucket")
    assert isinstance(node, Unknown)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"a = \x00\n", b"\xc3("])
def test_no_text(raw: bytes, reading: Any, tmp_path: Any) -> None:
    (tmp_path / "bad.tf").write_bytes(raw)
    read = reading({"good.tf": GOOD})
    assert list(read.by_name) == ["aws_s3_bucket.good"]
    assert [(one.kind, one.span.file) for one in read.result.diagnostics] == [
        ("unreadable", "bad.tf")
    ]
    assert len(read.world.gaps) == 1


def test_byte_order_mark(reading: Any) -> None:
    read = reading("\ufeff" + GOOD)
    assert list(read.by_name) == ["aws_s3_bucket.good"]
    assert read.by_name["aws_s3_bucket.good"].span.column == 1


@pytest.mark.parametrize(
    ("source", "supply"),
    [
        ("terraform-aws-modules/vpc/aws", "terraform init"),
        ("git::https://example.com/vpc.git", "terraform init"),
        ("./nowhere", ""),
        ("../../outside", ""),
    ],
)
def test_module_without_source(source: str, supply: str, reading: Any) -> None:
    text = f'module "vpc" {{\n  source = "{source}"\n}}\n'
    text += 'resource "aws_flow_log" "f" {\n  vpc_id = module.vpc.vpc_id\n}\n'
    read = reading(text)
    (gap,) = read.world.gaps
    assert gap.why == f"module.vpc comes from {source}, which is not here"
    assert gap.supply == supply
    assert (gap.span.line, gap.span.end_line) == (1, 3)
    node = read.node("aws_flow_log.f", "vpc_id")
    assert isinstance(node, Unknown)
    assert node.why == gap.why and node.key == ".#module.vpc.vpc_id"
    assert read.result.diagnostics == ()


def test_installed_modules(reading: Any) -> None:
    rows = [
        {"Key": "", "Source": "", "Dir": "."},
        {"Key": "vpc", "Source": "x/vpc/aws", "Dir": ".terraform/modules/vpc"},
        {"Key": "vpc.inner", "Source": "x/inner/aws", "Dir": ".terraform/modules/vpc.inner/sub"},
    ]
    inner = 'resource "aws_s3_bucket" "b" {}\noutput "arn" {\n  value = aws_s3_bucket.b.arn\n}\n'
    call = 'module "%s" {\n  source = "x/%s/aws"\n  version = "1.0"\n}\n'
    outer = call % ("inner", "inner") + 'output "arn" {\n  value = module.inner.arn\n}\n'
    use = 'resource "aws_flow_log" "f" {\n  log_destination = module.vpc.arn\n}\n'
    read = reading(
        {
            "main.tf": call % ("vpc", "vpc") + use,
            ".terraform/modules/modules.json": json.dumps({"Modules": rows}),
            ".terraform/modules/vpc/main.tf": outer,
            ".terraform/modules/vpc.inner/sub/main.tf": inner,
        }
    )
    assert read.world.gaps == ()
    shown = read.words("aws_flow_log.f", "log_destination")
    assert shown == "${module.vpc.module.inner.aws_s3_bucket.b.arn}"
    assert read.result.modules == 3


@pytest.mark.parametrize("text", ["", "[]", '{"Modules": 3}', '{"Modules": [{"Key": 1}]}', "{"])
def test_a_broken_list_of_installed_modules_is_none(text: str, reading: Any) -> None:
    files = {"main.tf": 'module "m" {\n  source = "x/y/aws"\n}\n'}
    files[".terraform/modules/modules.json"] = text
    assert len(reading(files).world.gaps) == 1


def test_declared_twice_is_refused(reading: Any) -> None:
    read = reading({"a.tf": GOOD, "b.tf": GOOD})
    (found,) = read.result.diagnostics
    assert found.span.file == "b.tf" and "declared twice" in found.message


def test_an_argument_outside_of_a_block_is_refused(reading: Any) -> None:
    read = reading("x = 1\n" + GOOD)
    (found,) = read.result.diagnostics
    assert (found.span.line, found.span.column, found.span.end_column) == (1, 1, 2)
    assert list(read.by_name) == ["aws_s3_bucket.good"]


def test_broken_values_file(reading: Any) -> None:
    read = reading({"main.tf": GOOD, "terraform.tfvars": "x = \n"})
    (found,) = read.result.diagnostics
    assert found.span.file == "terraform.tfvars" and len(read.world.gaps) == 1


def test_an_empty_folder(reading: Any) -> None:
    read = reading({"README.md": "x"})
    assert read.by_name == {} and read.result.diagnostics == ()
