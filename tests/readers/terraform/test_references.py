"""What an attribute refers to: other resources, holes with a reason, things that do not exist."""

from __future__ import annotations

from typing import Any

import pytest

from validator.graph.text import Dangling, Hole, Ref, Symbol, Text
from validator.graph.values import Known, Node, Unknown
from validator.readers import Settings

BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "logs"\n}\n'


def pieces(node: Node | None) -> tuple[Any, ...]:
    assert isinstance(node, Known) and isinstance(node.value, Text)
    return node.value.pieces


def flow_log(destination: str) -> str:
    return f'resource "aws_flow_log" "f" {{\n  log_destination = {destination}\n}}\n'


@pytest.mark.parametrize(
    ("destination", "attribute"),
    [
        ("aws_s3_bucket.b.arn", "arn"),
        ("aws_s3_bucket.b.id", "name"),
        ("aws_s3_bucket.b.bucket", "name"),
        ('aws_s3_bucket.b["arn"]', "arn"),
        ('"${aws_s3_bucket.b.arn}"', "arn"),
        ("[aws_s3_bucket.b.arn][0]", "arn"),
        ("one([aws_s3_bucket.b.arn])", "arn"),
        ("coalesce(aws_s3_bucket.b.arn, null)", "arn"),
        ("true ? aws_s3_bucket.b.arn : null", "arn"),
        ('try(aws_s3_bucket.b.arn, "x")', "arn"),
        ('format("%s", aws_s3_bucket.b.arn)', "arn"),
        ('join("", [aws_s3_bucket.b.arn])', "arn"),
        ("trimspace(aws_s3_bucket.b.arn)", "arn"),
        ("jsondecode(jsonencode({ a = aws_s3_bucket.b.arn })).a", "arn"),
        ('merge({ a = 1 }, { b = aws_s3_bucket.b })["b"].arn', "arn"),
        ("[for b in [aws_s3_bucket.b] : b.arn][0]", "arn"),
    ],
)
def test_reference(destination: str, attribute: str, reading: Any) -> None:
    read = reading(BUCKET + flow_log(destination))
    assert pieces(read.node("aws_flow_log.f", "log_destination")) == (
        Ref(".#aws_s3_bucket.b", attribute),
    )


def test_text_around_a_reference_stays_in_pieces(reading: Any) -> None:
    read = reading(BUCKET + flow_log('"${aws_s3_bucket.b.arn}/vpc"'))
    found = pieces(read.node("aws_flow_log.f", "log_destination"))
    assert [str(Text((piece,))) for piece in found] == ["${aws_s3_bucket.b.arn}", "/vpc"]
    assert (found[1].span.line, found[1].span.column) == (5, 44)


@pytest.mark.parametrize(
    ("destination", "name", "why"),
    [
        ("aws_s3_bucket.c.arn", "aws_s3_bucket.c", "no aws_s3_bucket.c is declared"),
        ("data.aws_s3_bucket.c.arn", "data.aws_s3_bucket.c", "no data.aws_s3_bucket.c is declared"),
        ("var.c", "var.c", "no variable c is declared here"),
        ("local.c", "local.c", "no local c is declared"),
        ("module.c.arn", "module.c", "no module.c is declared"),
        (
            "aws_s3_bucket.none[0].arn",
            "aws_s3_bucket.none[0]",
            "aws_s3_bucket.none has 0 instances",
        ),
        (
            'aws_s3_bucket.each["z"].arn',
            'aws_s3_bucket.each["z"]',
            '"z" is not among the keys of aws_s3_bucket.each ("a")',
        ),
        (
            "aws_s3_bucket.none.arn",
            "aws_s3_bucket.none.arn",
            "aws_s3_bucket.none has count, so a reference to it needs an index",
        ),
        (
            "aws_s3_bucket.each.arn",
            "aws_s3_bucket.each.arn",
            "aws_s3_bucket.each has for_each, so a reference to it needs a key",
        ),
        ("module.m.zz", "module.m.zz", "module.m has no output zz"),
    ],
)
def test_dangling(destination: str, name: str, why: str, reading: Any) -> None:
    declared = (
        'resource "aws_s3_bucket" "none" {\n  count = 0\n}\n'
        'resource "aws_s3_bucket" "each" {\n  for_each = toset(["a"])\n}\n'
        'module "m" {\n  source = "./m"\n}\n'
    )
    read = reading({"main.tf": declared + flow_log(destination), "m/main.tf": ""})
    (found,) = pieces(read.node("aws_flow_log.f", "log_destination"))
    assert found == Dangling(name, why)
    assert found.why == why


def test_dangling_inside_a_text(reading: Any) -> None:
    read = reading(flow_log('"${aws_s3_bucket.c.arn}/vpc"'))
    found = pieces(read.node("aws_flow_log.f", "log_destination"))
    assert isinstance(found[0], Dangling) and len(found) == 2


def test_try_forgives_a_missing_instance_but_nothing_undeclared(reading: Any) -> None:
    none = 'resource "aws_s3_bucket" "none" {\n  count = 0\n}\n'
    read = reading(none + flow_log('try(aws_s3_bucket.none[0].arn, "x")'))
    assert read.words("aws_flow_log.f", "log_destination") == "x"
    read = reading(flow_log('try(aws_s3_bucket.typo.arn, "x")'))
    assert isinstance(pieces(read.node("aws_flow_log.f", "log_destination"))[0], Dangling)


def test_variable_without_value(reading: Any) -> None:
    read = reading('variable "v" {}\n' + flow_log("var.v"))
    node = read.node("aws_flow_log.f", "log_destination")
    assert isinstance(node, Unknown)
    assert (node.why, node.supply, node.key) == (
        "variable v has no value",
        "--var v=VALUE",
        ".#var.v",
    )
    read = reading('variable "v" {}\n' + flow_log('"arn:aws:s3:::${var.v}"'))
    assert pieces(read.node("aws_flow_log.f", "log_destination"))[1] == Hole(".#var.v", "")


def test_one_unknown_has_one_key_however_it_is_reached(reading: Any) -> None:
    text = 'variable "v" {}\nlocals {\n  l = var.v\n}\n'
    read = reading(text + flow_log('"${local.l}${lower(local.l)}${var.v}${lower(var.v)}"'))
    one, two, three, four = pieces(read.node("aws_flow_log.f", "log_destination"))
    assert one == three and two == four and one != two


def test_attribute_settled_by_the_deploy(reading: Any) -> None:
    text = 'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\n'
    read = reading(text + 'resource "aws_flow_log" "f" {\n  vpc_id = aws_vpc.v.id\n}\n')
    node = read.node("aws_flow_log.f", "vpc_id")
    assert isinstance(node, Unknown)
    assert node.key == ".#aws_vpc.v.id"
    assert node.why == "aws_vpc.v.id is known only after the deploy"
    read = reading(text + flow_log("aws_vpc.v.cidr_block"))
    assert read.words("aws_flow_log.f", "log_destination") == "10.0.0.0/16"


def test_looked_up_resources_are_declared_and_referred_to(reading: Any) -> None:
    text = 'data "aws_s3_bucket" "b" {\n  bucket = "theirs"\n}\n'
    read = reading(text + flow_log("data.aws_s3_bucket.b.arn"))
    declared = read.by_name["data.aws_s3_bucket.b"]
    assert not declared.managed
    assert pieces(read.node("aws_flow_log.f", "log_destination")) == (
        Ref(".#data.aws_s3_bucket.b", "arn"),
    )


@pytest.mark.parametrize(
    ("expression", "symbol", "given"),
    [
        ("data.aws_caller_identity.x.account_id", Symbol("account"), "111111111111"),
        ("data.aws_region.x.name", Symbol("region"), "eu-west-1"),
        ("data.aws_region.x.region", Symbol("region"), "eu-west-1"),
        ("data.aws_region.x.id", Symbol("region"), "eu-west-1"),
        ("data.aws_partition.x.partition", Symbol("partition"), "aws-us-gov"),
        ("data.aws_partition.x.dns_suffix", Symbol("url-suffix"), "amazonaws.com"),
    ],
)
def test_place_of_the_deploy(expression: str, symbol: Symbol, given: str, reading: Any) -> None:
    text = "".join(
        f'data "aws_{name}" "x" {{}}\n' for name in ("caller_identity", "region", "partition")
    )
    read = reading(text + flow_log(expression))
    assert pieces(read.node("aws_flow_log.f", "log_destination")) == (symbol,)
    settings = Settings(account="111111111111", region="eu-west-1", partition="aws-us-gov")
    read = reading(text + flow_log(expression), settings)
    assert read.words("aws_flow_log.f", "log_destination") == given


def test_trail_leads_to_where_it_was_written(reading: Any) -> None:
    text = (
        'variable "v" {\n  default = "logs"\n}\nlocals {\n  l = var.v\n}\n'
        'resource "aws_s3_bucket" "b" {\n  bucket = local.l\n}\n'
    )
    node = reading(text).node("aws_s3_bucket.b", "bucket")
    assert isinstance(node, Known)
    assert (node.span.line, node.span.column) == (8, 12)
    assert [(step.how, step.span.line, step.span.column) for step in node.trail] == [
        ("local l", 5, 7),
        ("variable v, default", 2, 13),
    ]


def test_trail_of_a_text_names_what_went_into_it(reading: Any) -> None:
    text = 'variable "v" {\n  default = "logs"\n}\n' + flow_log('"arn:aws:s3:::${var.v}"')
    node = reading(text).node("aws_flow_log.f", "log_destination")
    assert isinstance(node, Known)
    assert [step.how for step in node.trail] == ["variable v, default"]


def test_ephemeral_values_are_known_during_the_deploy_only(reading: Any) -> None:
    text = 'ephemeral "random_password" "p" {\n  length = 16\n}\n'
    read = reading(text + flow_log("ephemeral.random_password.p.result"))
    node = read.node("aws_flow_log.f", "log_destination")
    assert isinstance(node, Unknown)
    assert node.why == "ephemeral.random_password is known during the deploy only"


def test_sensitive_values_are_known_and_hidden(reading: Any) -> None:
    text = 'variable "v" {\n  default = "hush"\n  sensitive = true\n}\n'
    read = reading(text + flow_log('"x-${var.v}"'))
    node: Node | None = read.node("aws_flow_log.f", "log_destination")
    assert isinstance(node, Known) and isinstance(node.value, Text)
    assert "hush" not in str(node.value)
    assert node.value.literal == "x-hush"


@pytest.mark.parametrize(
    "expression",
    [
        # Names of what is open, made of the arguments of the call.
        'urlencode("${var.v}${var.open}")',
        'trimprefix(var.open, "${var.v}")',
        'trim(var.open, "${var.v}")',
        'replace(var.open, "${var.v}", "x")',
        'replace(var.open, "/${var.v}/", "x")',
        "lookup({}, var.v, var.open)",
        "upper(var.open == 1 ? var.v : var.v)",
        # Why Terraform refuses.
        "file(var.v)",
        'file("${var.v}/../../..")',
        "{ a = 1 }[var.v]",
        'regex("${var.v}(", "x")',
        "jsondecode(var.v)",
        "tonumber(var.v)",
        "formatdate(var.v, var.v)",
        "timeadd(var.v, var.v)",
        "cidrsubnet(var.v, 1, 1)",
        'format("%q${var.v}")',
        "parseint(var.v, 10)",
        "base64decode(var.v)",
    ],
)
def test_no_name_or_reason_tells_a_sensitive_value(expression: str, reading: Any) -> None:
    text = 'variable "v" {\n  default = "hush"\n  sensitive = true\n}\nvariable "open" {}\n'
    read = reading(text + flow_log(expression))
    assert "hush" not in read.words("aws_flow_log.f", "log_destination")
    text += 'resource "aws_s3_bucket" "b" {\n  for_each = toset([var.v])\n}\n'
    assert not [name for name in reading(text).by_name if "hush" in name]


def test_a_value_that_refers_to_itself(reading: Any) -> None:
    text = "locals {\n  a = local.b\n  b = local.a\n}\n"
    node = reading(text + flow_log("local.a")).node("aws_flow_log.f", "log_destination")
    assert isinstance(node, Unknown) and "refers to itself" in node.why


def test_arn_is_taken_apart_through_the_resource(reading: Any) -> None:
    read = reading(BUCKET + flow_log('split(":::", aws_s3_bucket.b.arn)[1]'))
    assert read.words("aws_flow_log.f", "log_destination") == "logs"
    read = reading(BUCKET + flow_log('element(split(":", aws_s3_bucket.b.arn), 5)'))
    assert read.words("aws_flow_log.f", "log_destination") == "logs"
    read = reading(BUCKET + flow_log('trimprefix(aws_s3_bucket.b.arn, "arn:")'))
    assert read.words("aws_flow_log.f", "log_destination") == "${partition}:s3:::logs"
