"""`count`, `for_each` and `dynamic`, known and not; modules and their instances."""

from __future__ import annotations

import json
from typing import Any

import pytest

from validator.graph.values import Known, Unknown
from validator.readers import Settings


def bucket(body: str, name: str = "b") -> str:
    return f'resource "aws_s3_bucket" "{name}" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("count = 0", []),
        ("count = 2", ["aws_s3_bucket.b[0]", "aws_s3_bucket.b[1]"]),
        ('count = "1"', ["aws_s3_bucket.b[0]"]),
        ('count = length(["x"])', ["aws_s3_bucket.b[0]"]),
        ("count = false ? 1 : 0", []),
        ('for_each = toset(["y", "x"])', ['aws_s3_bucket.b["x"]', 'aws_s3_bucket.b["y"]']),
        ('for_each = { "a.b" = 1 }', ['aws_s3_bucket.b["a.b"]']),
        ("for_each = {}", []),
        ("", ["aws_s3_bucket.b"]),
    ],
)
def test_instances(body: str, names: list[str], reading: Any) -> None:
    read = reading(bucket(body))
    assert list(read.by_name) == names
    assert all(isinstance(one.exists, Known) for one in read.by_name.values())


def test_each_and_count(reading: Any) -> None:
    read = reading(
        bucket('for_each = { a = "x" }\nbucket = "${each.key}-${each.value}"')
        + bucket('count = 2\nbucket = "n-${count.index}"', "c")
    )
    assert read.words('aws_s3_bucket.b["a"]', "bucket") == "a-x"
    assert read.words("aws_s3_bucket.c[1]", "bucket") == "n-1"


def test_unknown_count_gives_one_that_may_be_missing(reading: Any) -> None:
    text = 'variable "on" {\n  type = bool\n}\n' + bucket('count = var.on ? 1 : 0\nbucket = "x"')
    text += 'resource "aws_flow_log" "f" {\n  log_destination = aws_s3_bucket.b[0].arn\n}\n'
    read = reading(text)
    assert list(read.by_name) == ["aws_s3_bucket.b[0]", "aws_flow_log.f"]
    exists = read.by_name["aws_s3_bucket.b[0]"].exists
    assert isinstance(exists, Unknown)
    assert (exists.why, exists.supply) == ("variable on has no value", "--var on=VALUE")
    assert read.words("aws_flow_log.f", "log_destination") == "${aws_s3_bucket.b[0].arn}"
    settled = reading(text, Settings(variables=(("on", "true"),)))
    assert isinstance(settled.by_name["aws_s3_bucket.b[0]"].exists, Known)
    assert list(reading(text, Settings(variables=(("on", "false"),))).by_name) == ["aws_flow_log.f"]


def test_unknown_keys_are_shared_by_those_that_have_them(reading: Any) -> None:
    text = 'variable "names" {\n  type = set(string)\n}\n'
    text += bucket("for_each = var.names\nbucket = each.key")
    text += 'resource "aws_flow_log" "f" {\n  for_each = var.names\n'
    text += "  log_destination = aws_s3_bucket.b[each.key].arn\n}\n"
    text += 'resource "aws_flow_log" "g" {\n'
    text += '  log_destination = aws_s3_bucket.b["one"].arn\n}\n'
    read = reading(text)
    assert list(read.by_name) == [
        "aws_s3_bucket.b[each.key]",
        "aws_flow_log.f[each.key]",
        "aws_flow_log.g",
    ]
    shown = read.words("aws_flow_log.f[each.key]", "log_destination")
    assert shown == "${aws_s3_bucket.b[each.key].arn}"
    assert isinstance(read.node("aws_flow_log.g", "log_destination"), Unknown)
    assert isinstance(read.by_name["aws_flow_log.f[each.key]"].exists, Unknown)


def test_for_each_over_a_list_is_refused_not_dropped(reading: Any) -> None:
    read = reading(bucket('for_each = ["a"]'))
    (only,) = read.by_name.values()
    assert isinstance(only.exists, Unknown) and "this is a list" in only.exists.why


def test_blocks_and_dynamic_blocks_make_one_list(reading: Any) -> None:
    text = """
resource "aws_flow_log" "f" {
  destination_options {
    file_format = "plain-text"
  }
  dynamic "destination_options" {
    for_each = { a = "parquet" }
    iterator = it
    content {
      file_format = it.value
      dynamic "deep" {
        for_each = [it.key]
        content {
          name = "${it.key}-${deep.value}-${deep.key}"
        }
      }
    }
  }
}
"""
    read = reading(text)
    assert (
        read.words("aws_flow_log.f", "destination_options")
        == "[{file_format: plain-text}, {file_format: parquet, deep: [{name: a-a-0}]}]"
    )
    assert read.words("aws_flow_log.f", "missing") == "-"


@pytest.mark.parametrize("many", [False, True])
def test_the_content_of_a_dynamic_block_in_json_is_an_object_or_a_list_of_one(
    reading: Any, many: bool
) -> None:
    content = {"file_format": "${destination_options.value}"}
    made = {"for_each": ["parquet"], "content": [content] if many else content}
    log = {"dynamic": {"destination_options": [made] if many else made}}
    read = reading({"main.tf.json": json.dumps({"resource": {"aws_flow_log": {"f": log}}})})
    shown = read.words("aws_flow_log.f", "destination_options")
    assert shown == "[{file_format: parquet}]"


def test_dynamic_over_the_unknown_leaves_the_list_open(reading: Any) -> None:
    text = """
variable "options" {}
resource "aws_flow_log" "f" {
  dynamic "destination_options" {
    for_each = var.options
    content {
      file_format = destination_options.value
    }
  }
}
"""
    read = reading(text)
    shown = read.words("aws_flow_log.f", "destination_options")
    assert shown == "[...<variable options has no value>]"


MODULE = """
variable "name" {}
variable "prefix" {
  default = "p"
}
resource "aws_s3_bucket" "this" {
  bucket = "${var.prefix}-${var.name}"
}
output "arn" {
  value = aws_s3_bucket.this.arn
}
output "name" {
  value = var.name
}
"""


def call(body: str, name: str = "m") -> str:
    return f'module "{name}" {{\n  source = "./m"\n{body}\n}}\n'


def test_module(reading: Any) -> None:
    text = call('name = "x"')
    text += 'resource "aws_flow_log" "f" {\n  log_destination = module.m.arn\n}\n'
    read = reading({"main.tf": text, "m/main.tf": MODULE})
    assert list(read.by_name) == ["aws_flow_log.f", "module.m.aws_s3_bucket.this"]
    assert read.words("module.m.aws_s3_bucket.this", "bucket") == "p-x"
    shown = read.words("aws_flow_log.f", "log_destination")
    assert shown == "${module.m.aws_s3_bucket.this.arn}"
    assert read.by_name["module.m.aws_s3_bucket.this"].address == ".#module.m.aws_s3_bucket.this"
    assert read.result.modules == 2


def test_module_instances(reading: Any) -> None:
    text = call('for_each = toset(["a", "b"])\nname = each.key')
    text += 'resource "aws_flow_log" "f" {\n  for_each = module.m\n'
    text += "  log_destination = each.value.arn\n  vpc_id = module.m[each.key].name\n}\n"
    text += call("count = 1\nname = count.index", "n")
    text += 'resource "aws_flow_log" "g" {\n  log_destination = module.n[0].arn\n}\n'
    text += 'resource "aws_flow_log" "h" {\n  log_destination = join("", module.n[*].arn)\n}\n'
    read = reading({"main.tf": text, "m/main.tf": MODULE})
    assert read.words('module.m["b"].aws_s3_bucket.this', "bucket") == "p-b"
    assert (
        read.words('aws_flow_log.f["a"]', "log_destination")
        == '${module.m["a"].aws_s3_bucket.this.arn}'
    )
    assert read.words('aws_flow_log.f["a"]', "vpc_id") == "a"
    for name in ("aws_flow_log.g", "aws_flow_log.h"):
        shown = read.words(name, "log_destination")
        assert shown == "${module.n[0].aws_s3_bucket.this.arn}"


def test_everything_in_a_module_that_may_be_missing_may_be_missing(reading: Any) -> None:
    text = 'variable "on" {}\n' + call('count = var.on ? 1 : 0\nname = "x"')
    read = reading({"main.tf": text, "m/main.tf": MODULE})
    assert isinstance(read.by_name["module.m[0].aws_s3_bucket.this"].exists, Unknown)


def test_a_whole_resource_as_an_argument(reading: Any) -> None:
    inner = 'variable "bucket" {}\nresource "aws_flow_log" "f" {\n'
    inner += "  log_destination = var.bucket.arn\n}\n"
    text = (
        bucket('bucket = "x"') + 'module "m" {\n  source = "./m"\n  bucket = aws_s3_bucket.b\n}\n'
    )
    read = reading({"main.tf": text, "m/main.tf": inner})
    shown = read.words("module.m.aws_flow_log.f", "log_destination")
    assert shown == "${aws_s3_bucket.b.arn}"
