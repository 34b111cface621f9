"""Where values come from: variables in Terraform's order, workspaces, files, the kinds of files.

<https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>
"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Known, Node, Unknown
from validator.readers import Configured, Settings

SHOW = 'resource "aws_s3_bucket" "b" {\n  bucket = var.v\n}\n'
VARIABLE = 'variable "v" {\n  default = "default"\n}\n'


def test_order_of_precedence(reading: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_VAR_v", "environment")
    files = {"main.tf": VARIABLE + SHOW}
    settings = Settings()
    assert reading(files).words("aws_s3_bucket.b", "bucket") == "default"
    for name, text in (
        ("terraform.tfvars", 'v = "terraform.tfvars"'),
        ("terraform.tfvars.json", '{"v": "terraform.tfvars.json"}'),
        ("a.auto.tfvars", 'v = "a.auto.tfvars"'),
        ("b.auto.tfvars.json", '{"v": "b.auto.tfvars.json"}'),
    ):
        files[name] = text
        assert reading(files).words("aws_s3_bucket.b", "bucket") == name
    files["one.tfvars"] = 'v = "one"'
    files["two.tfvars"] = 'v = "two"'
    settings = Settings(variables=("one.tfvars", "two.tfvars"))
    assert reading(files, settings).words("aws_s3_bucket.b", "bucket") == "two"
    settings = Settings(variables=("one.tfvars", ("v", "x"), ("v", "given")))
    assert reading(files, settings).words("aws_s3_bucket.b", "bucket") == "given"
    # As Terraform has it, the order counts.
    settings = Settings(variables=(("v", "given"), "one.tfvars"))
    assert reading(files, settings).words("aws_s3_bucket.b", "bucket") == "one"
    place = Span("conf/predeploy.toml", 3, 7, 3, 17)
    settings = Settings(variables=("one.tfvars", Configured("v", '{"v": "${a}"}', place)))
    assert reading(files, settings).words("aws_s3_bucket.b", "bucket") == "${a}"


@pytest.mark.parametrize(
    ("type_", "given", "shown"),
    [
        ("string", "[1]", "[1]"),
        ("number", "12", "12"),
        ("bool", "true", "True"),
        ("list(string)", '["a", "b"]', "[a, b]"),
        ("map(number)", "{ a = 1 }", "{a: 1}"),
        ("any", '"x"', "x"),
    ],
)
def test_words_of_an_option(type_: str, given: str, shown: str, reading: Any) -> None:
    text = f'variable "v" {{\n  type = {type_}\n}}\n' + SHOW
    read = reading(text, Settings(variables=(("v", given),)))
    assert read.words("aws_s3_bucket.b", "bucket") == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("type = string\ndefault = 12", "12"),
        ("type = map(string)\ndefault = { a = 1, b = true }", "{a: 1, b: true}"),
        (
            'type = object({ a = string, b = optional(number, 3) })\ndefault = { a = "x" }',
            "{a: x, b: 3}",
        ),
        (
            'type = object({ a = optional(object({ b = optional(string, "y") }), {}) })\n'
            "default = {}",
            "{a: {b: y}}",
        ),
        ('type = set(string)\ndefault = ["b", "a", "b"]', "[a, b]"),
        ('type = tuple([string, number])\ndefault = [1, "2"]', "[1, 2]"),
        ('nullable = false\ndefault = "x"', "x"),
        ("default = null", "None"),
        ('type = "string"\ndefault = "x"', "x"),
        ('default = "x"\nvalidation {\n  condition = false\n  error_message = "no"\n}', "x"),
        ('default = "x"\nephemeral = true', "x"),
    ],
)
def test_types_of_variables(body: str, shown: str, reading: Any) -> None:
    read = reading(f'variable "v" {{\n{body}\n}}\n' + SHOW)
    assert read.words("aws_s3_bucket.b", "bucket") == shown


def test_null_for_a_variable_that_is_not_nullable(reading: Any) -> None:
    inner = 'variable "v" {\n  nullable = false\n  default = "d"\n}\n'
    inner += 'variable "w" {\n  default = "d"\n}\n'
    inner += 'resource "aws_s3_bucket" "b" {\n  bucket = var.v\n  bucket_prefix = var.w\n}\n'
    text = 'module "m" {\n  source = "./m"\n  v = null\n  w = null\n}\n'
    read = reading({"main.tf": text, "m/main.tf": inner})
    assert read.words("module.m.aws_s3_bucket.b", "bucket") == "d"
    assert read.words("module.m.aws_s3_bucket.b", "bucket_prefix") == "None"


def test_a_value_that_does_not_fit_is_refused(reading: Any) -> None:
    text = 'variable "v" {\n  type = number\n  default = "x"\n}\n' + SHOW
    node = reading(text).node("aws_s3_bucket.b", "bucket")
    assert isinstance(node, Unknown) and "does not fit its type" in node.why


def test_workspace(reading: Any) -> None:
    text = 'locals {\n  names = { prod = "p" }\n}\n'
    text += 'resource "aws_s3_bucket" "b" {\n  bucket = local.names[terraform.workspace]\n'
    text += '  bucket_prefix = "x-${terraform.workspace}"\n}\n'
    read = reading(text, Settings(workspace="prod"))
    assert read.words("aws_s3_bucket.b", "bucket") == "p"
    assert read.words("aws_s3_bucket.b", "bucket_prefix") == "x-prod"
    node = reading(text).node("aws_s3_bucket.b", "bucket")
    assert isinstance(node, Unknown)
    assert (node.why, node.supply) == ("nothing is given for workspace default", "--workspace NAME")


def test_paths_and_files(reading: Any) -> None:
    inner = 'resource "aws_s3_bucket" "b" {\n  bucket = file("${path.module}/name")\n'
    inner += '  bucket_prefix = "${path.root}|${path.module}|${path.cwd}"\n'
    inner += '  policy = templatefile("${path.module}/p.tpl", { who = "x", list = ["a", "b"] })\n'
    inner += '  acl = join(",", fileset(path.module, "*.t*"))\n'
    inner += '  tags = { a = fileexists("${path.module}/no"),'
    inner += ' b = filesha256("${path.module}/name") }\n}\n'
    files = {
        "infra/main.tf": 'module "m" {\n  source = "../m"\n}\n',
        "m/main.tf": inner,
        "m/name": "logs",
        "m/p.tpl": "to ${who}: %{ for one in list ~}\n<${one}>\n%{ endfor ~}\n.",
    }
    read = reading(files, unit="infra")
    name = "module.m.aws_s3_bucket.b"
    assert read.words(name, "bucket") == "logs"
    node: Node | None = read.node(name, "bucket")
    assert isinstance(node, Known) and isinstance(node.value, Text)
    assert getattr(node.value.pieces[0], "span") == Span("m/name", 1, 1, 1, 5)  # noqa: B009
    assert read.words(name, "bucket_prefix").startswith(".|../m|<")
    assert read.words(name, "policy") == "to x: <a>\n<b>\n."
    assert read.words(name, "acl") == "main.tf,p.tpl"
    digest = hashlib.sha256(b"logs").hexdigest()
    assert read.words(name, "tags") == f"{{a: False, b: {digest}}}"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../outside", "~/x", "link", "${path.module}/../../outside"]
)
def test_nothing_outside_of_the_repository_is_read(path: str, reading: Any, tmp_path: Any) -> None:
    outside = tmp_path.parent / "outside"
    outside.write_text("secret", encoding="utf-8")
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "link").symlink_to(outside)
    expressions: tuple[str, ...] = (
        f'file("{path}")',
        f'filesha256("{path}")',
        f'filebase64("{path}")',
        f'templatefile("{path}", {{}})',
        # Terraform would read it: neither is it refused, nor is the second choice taken.
        f'try(file("{path}"), "other")',
        f'can(file("{path}")) ? "is there" : "is not"',
    )
    if path != "link":
        expressions += (f'fileexists("{path}")', f'join(",", fileset("{path}", "*"))')
    for expression in expressions:
        text = f'resource "aws_s3_bucket" "b" {{\n  bucket = {expression}\n}}\n'
        node = reading({"infra/main.tf": text}, unit="infra").node("aws_s3_bucket.b", "bucket")
        assert isinstance(node, Unknown), expression
        assert not node.why.startswith("Terraform refuses"), expression
        assert "lies outside" in node.why or "differ" in node.why, expression


def test_override_files(reading: Any) -> None:
    files = {
        "main.tf": 'resource "aws_flow_log" "f" {\n  traffic_type = "ALL"\n  log_format = "x"\n'
        '  destination_options {\n    file_format = "plain-text"\n  }\n}\nlocals {\n  l = 1\n}\n',
        "override.tf": 'resource "aws_flow_log" "f" {\n  traffic_type = "REJECT"\n'
        "  destination_options {\n    per_hour_partition = true\n  }\n}\n",
        "z_override.tf": 'resource "aws_flow_log" "f" {\n  log_format = "z"\n}\n',
    }
    read = reading(files)
    assert read.words("aws_flow_log.f", "traffic_type") == "REJECT"
    assert read.words("aws_flow_log.f", "log_format") == "z"
    assert read.words("aws_flow_log.f", "destination_options") == "[{per_hour_partition: True}]"
    assert read.result.diagnostics == ()


def test_tofu_files_stand_for_the_files_of_their_name(reading: Any) -> None:
    files = {
        "a.tf": 'resource "aws_s3_bucket" "b" {\n  bucket = "tf"\n}\n',
        "a.tofu": 'resource "aws_s3_bucket" "b" {\n  bucket = "tofu"\n}\n',
        "c.tofu": 'resource "aws_s3_bucket" "c" {}\n',
    }
    read = reading(files)
    assert list(read.by_name) == ["aws_s3_bucket.b", "aws_s3_bucket.c"]
    assert read.words("aws_s3_bucket.b", "bucket") == "tofu"


def test_json_syntax(reading: Any) -> None:
    text = """{
  "//": {"metadata": "cdktf"},
  "variable": {"v": {"type": "list(string)", "default": ["a"]}},
  "locals": {"l": "${var.v[0]}-\\u00e9"},
  "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "x", "region": "us-east-1"}]},
  "resource": {
    "aws_s3_bucket": {"b": {"bucket": "${local.l}", "provider": "aws.x",
      "lifecycle": {"ignore_changes": ["tags"]}, "tags": {"provider": "aws"}}},
    "aws_flow_log": {"f": [{
      "count": 2,
      "log_destination": "${aws_s3_bucket.b.arn}/x",
      "depends_on": ["aws_s3_bucket.b"],
      "destination_options": {"file_format": "parquet"}
    }]}
  },
  "data": {"aws_iam_policy_document": {"d": {"statement": [
    {"actions": ["a"], "principals": {"type": "*", "identifiers": ["*"]}},
    {"actions": ["b"]}
  ]}}},
  "output": {"o": {"value": "${data.aws_iam_policy_document.d.json}"}}
}
"""
    text = text.replace(
        '"destination_options"',
        '"iam_role_arn": "${data.aws_iam_policy_document.d.json}", "destination_options"',
    )
    read = reading({"main.tf.json": text})
    assert read.result.diagnostics == ()
    assert read.words("aws_s3_bucket.b", "bucket") == "a-é"
    assert read.by_name["aws_s3_bucket.b"].place.region.literal == "us-east-1"
    assert read.by_name["aws_flow_log.f[1]"].place.region.literal == "eu-west-1"
    assert read.words("aws_flow_log.f[0]", "log_destination") == "${aws_s3_bucket.b.arn}/x"
    assert read.words("aws_flow_log.f[0]", "destination_options") == "[{file_format: parquet}]"
    assert read.words("aws_s3_bucket.b", "tags") == "{provider: aws}"
    ignores = read.by_name["aws_s3_bucket.b"].ignores
    assert ignores("tags") and not ignores("bucket")
    assert ".#aws_s3_bucket.b" in read.world.dependencies(".#aws_flow_log.f[0]")
    assert (
        read.words("aws_flow_log.f[0]", "iam_role_arn")
        == "json{Version: 2012-10-17, Statement: [{Effect: Allow, Action: a, Principal: *}, "
        "{Effect: Allow, Action: b}]}"
    )
    node = read.node("aws_flow_log.f[0]", "log_destination")
    assert isinstance(node, Known)
    assert (node.span.line, node.span.column) == (11, 26)


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2", '{"a": }', '{"a": 1} x', "{'a': 1}", '{"a": 1,}']
)
def test_broken_json_is_reported(text: str, reading: Any) -> None:
    read = reading({"main.tf.json": text, "other.tf": 'resource "aws_s3_bucket" "b" {}\n'})
    (one,) = read.result.diagnostics
    assert one.kind == "syntax" and one.span.file == "main.tf.json"
    assert list(read.by_name) == ["aws_s3_bucket.b"]
    assert len(read.world.gaps) == 1


def test_blocks_that_declare_nothing_are_harmless(reading: Any) -> None:
    text = """
terraform {
  required_version = ">= 1.5"
  backend "s3" {
    bucket = "state"
  }
}
moved {
  from = aws_s3_bucket.a
  to   = aws_s3_bucket.b
}
import {
  to = aws_s3_bucket.b
  id = "logs"
}
removed {
  from = aws_s3_bucket.c
  lifecycle {
    destroy = false
  }
}
check "health" {
  assert {
    condition     = true
    error_message = "no"
  }
}
ephemeral "random_password" "p" {
  length = 16
}
resource "aws_s3_bucket" "b" {
  bucket = "logs"
  provisioner "local-exec" {
    command = "echo ${self.arn}"
  }
}
"""
    read = reading(text)
    assert list(read.by_name) == ["aws_s3_bucket.b"]
    assert read.result.diagnostics == () and read.world.gaps == ()
