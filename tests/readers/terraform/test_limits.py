"""Input from strangers: whatever is made to explode ends in a diagnostic or an unknown, soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from validator.graph.text import Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.slicer import slices
from validator.readers.terraform.hcl.source import Fault, Source

PATIENCE = 20.0
"""Seconds of this process; each input here needs a small part of it, an explosion far more."""


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < PATIENCE


def value(reading: Any, expression: str, before: str = "") -> Node | None:
    text = before + f'resource "aws_s3_bucket" "b" {{\n  bucket = {expression}\n}}\n'
    found: Node | None = reading(text).node("aws_s3_bucket.b", "bucket")
    return found


DEEP = 3_000
MANY = 12_000


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * DEEP + "]" * DEEP,
        "a = " + "(" * DEEP + "1" + ")" * DEEP,
        "a = " + "{a=" * DEEP + "1" + "}" * DEEP,
        "a = " + "f(" * DEEP + ")" * DEEP,
        'a = "' + '${"' * DEEP + '"}' * DEEP + '"',
        "a = " + "!" * MANY + "b",
        "a = " + "- " * MANY + "1",
        "a = b" + " + b" * MANY,
        "a = b" + ".c" * MANY,
        "a = b" + "[0]" * MANY,
        'a = "' + "%{ if a }" * DEEP + "%{ endif }" * DEEP + '"',
        "b {\n" * DEEP + "}\n" * DEEP,
        "a = " + "9" * MANY,
        "a = 1e99999999",
    ],
    ids=range(14),
)
def test_depth_is_a_fault(text: str) -> None:
    with pytest.raises(Fault):
        parse.body(Source("a.tf", text + "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "a = <<-EOF\n" + "  x\n" * MANY + "EOF\n",
        "a = <<EOF\n" + "\n" * MANY + "EOF\n",
        "a = [" + "1,\n" * MANY + "]\n",
        "# x\n" * MANY,
        "/*" + "*" * MANY + "*/\n",
        'a = "' + "$" * MANY + '"\n',
        'a = "' + "\\n" * MANY + '"\n',
        "a = {" + " \n" * MANY + "}\n",
        "x {}\n" * MANY,
        "a = " + "b ? c : " * 1_000 + "d\n",
    ],
    ids=range(10),
)
def test_length_takes_linear_time(text: str) -> None:
    parse.body(Source("a.tf", text))
    assert slices(text)[1] is None


@pytest.mark.parametrize(
    "text",
    ['a = "' + "${" * MANY, "a = <<E\n" * MANY, "{" * MANY, '"' * MANY, "a" * MANY, "/*" * MANY],
    ids=range(6),
)
def test_what_is_never_closed(text: str) -> None:
    assert slices(text)[1] is not None


def doubled(name: str, start: str, step: str, times: int = 60) -> str:
    lines = [f"  {name}0 = {start}"]
    for place in range(times):
        lines.append(f"  {name}{place + 1} = {step.replace('@', f'local.{name}{place}')}")
    return "locals {\n" + "\n".join(lines) + "\n}\n"


@pytest.mark.parametrize(
    "step",
    [
        '"${@}${@}"',
        'join(@, ["", "", "", @])',
        'format("%s%s", @, @)',
        'replace(@, "x", "xx")',
        'replace(@, "/x/", "xx")',
        "jsonencode([@, @])",
        "jsonencode(@)",
        "[@, @]",
        "{ a = @, b = @ }",
        "concat([@], [@])",
        '[for x in ["", ""] : @]',
        "merge({ a = @ }, { b = @ })",
        "yamlencode([@, @])",
        '"%{ for x in [1, 2] }${@}%{ endfor }"',
        "base64encode(@)",
        'indent(1000, "${@}\\n${@}")',
        'format("%1000s", @)',
        # Where the text is too long, the name of what is unknown must not double in its place.
        'urlencode("%${@}${@}")',
        'replace("${@}", "x", "${@}x")',
        'textencodebase64("${@}${@}", "UTF-16LE")',
        'upper("${@}${@}")',
        'title("${@} ${@}")',
        'trim("${@}${@}", "y")',
        'trimprefix("${@}${@}", "y")',
        'try("${@}${@}")',
        'true == null ? @ : "${@}${@}"',
    ],
)
def test_growth(step: str, reading: Any) -> None:
    node = value(reading, "local.a60", doubled("a", '"x"', step))
    match node:
        case Unknown(why=why):
            assert why
        case Known(value=Text() as words):
            assert len(words.literal or "") < 1 << 21
        case _:
            assert leaves(node) <= 200_000


def leaves(node: Node | None) -> int:
    """How many values are in a value."""
    count = 0
    queue: list[Node | None] = [node]
    while queue:
        match queue.pop():
            case Known(value=Items(items=items)):
                queue.extend(items)
            case Known(value=Fields(entries=entries)):
                queue.extend(entry.value for entry in entries)
            case _:
                count += 1
    return count


@pytest.mark.parametrize(
    "expression",
    [
        "range(1000000000)",
        "range(0, 1, 0.0000001)",
        "setproduct(range(1000), range(1000), range(1000))",
        "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]",
        'format("%999999999d", 1)',
        'indent(999999999, "a\\nb")',
        "pow(10, 100000)",
        "1e3999 * 1e3999 * 1e3999",
        'regexall("", join("", [for i in range(1000) : join("", range(1000))]))',
        'regex("((a{1000}){1000}){1000}", "a")',
        'regex("' + "(" * 4_000 + ")" * 4_000 + '", "a")',
        'cidrsubnet("10.0.0.0/8", 1000000000, 1)',
        'cidrsubnets("::/0", range(1, 1000)...)',
        'parseint(join("", [for i in range(1000) : "999"]), 10)',
        "yamldecode(local.bomb)",
        'yamldecode(join("", [for i in range(1000) : join("", [for j in range(100) : "["])]))',
        'jsondecode(join("", [for i in range(1000) : join("", [for j in range(100) : "["])]))',
        'timeadd("2020-01-01T00:00:00Z", "99999999999999h")',
        "[for i in range(1000) : true ? local.wide : local.wide]",
        "[for i in range(1000) : upper(local.long)]",
    ],
)
def test_functions(expression: str, reading: Any) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    before = f'locals {{\n  bomb = "{bomb}"\n'
    before += "  wide = [for i in range(1000) : range(100)]\n"
    before += '  long = join("", [for i in range(1000) : local.short])\n'
    before += '  short = join("", [for i in range(100) : "abcdefgh"])\n}\n'
    node = value(reading, expression, before)
    match node:
        case Unknown(why=why):
            assert why.startswith(("Terraform refuses this: ", "not evaluated: "))
        case Known(value=Items(items=items)):
            assert leaves(node) <= 200_000
            assert any(isinstance(one, Unknown) for one in items)
        case _:
            pytest.fail("this must not be computed")


def test_a_regular_expression_cannot_be_driven_into_exponential_time(reading: Any) -> None:
    node = value(reading, 'can(regex("^(a+)+$", "' + "a" * 5_000 + 'b"))')
    assert isinstance(node, Known) and node.value is False


@pytest.mark.parametrize("count", ["1000000000", '"1e3000"', "99999"])
def test_too_many_instances(count: str, reading: Any) -> None:
    read = reading(f'resource "aws_s3_bucket" "b" {{\n  count = {count}\n}}\n')
    (only,) = read.by_name.values()
    assert isinstance(only.exists, Unknown)
    assert [one.kind for one in read.result.diagnostics] == ["limit"]


def test_instances_of_instances(reading: Any) -> None:
    inner = 'resource "aws_s3_bucket" "b" {\n  count = 4000\n}\n'
    call = 'module "m" {\n  source = "./m"\n  count  = 4000\n}\n'
    read = reading({"main.tf": call, "m/main.tf": inner})
    assert len(read.by_name) <= 20_000
    assert [one.kind for one in read.result.diagnostics] == ["limit"]
    assert read.world.gaps


def test_a_module_that_calls_itself(reading: Any) -> None:
    call = 'module "m" {\n  source = "%s"\n}\n'
    read = reading(
        {"main.tf": call % "./a", "a/main.tf": call % "../b", "b/main.tf": call % "../a"}
    )
    (found,) = read.result.diagnostics
    assert "part of" in found.message and found.span.file == "b/main.tf"
    read = reading({"main.tf": call % "./."})
    assert len(read.result.diagnostics) == 1


def test_many_calls_of_many_modules(reading: Any) -> None:
    def calls(source: str) -> str:
        rows = (f'module "m{place}" {{\n  source = "{source}"\n}}\n' for place in range(20))
        return "".join(rows)

    files = {f"m{place}/main.tf": calls(f"../m{place + 1}") for place in range(8)}
    read = reading({"main.tf": calls("./m0"), **files, "m8/main.tf": ""})
    assert "limit" in {one.kind for one in read.result.diagnostics}
    assert read.world.gaps


def test_long_chains_of_values(reading: Any) -> None:
    node = value(reading, "local.a3000", doubled("a", '"x"', "@", 3_000))
    assert isinstance(node, Unknown) and "too many other expressions" in node.why
    read = reading(
        doubled("a", "aws_s3_bucket.c.id", "@", 3_000)
        + 'resource "aws_s3_bucket" "c" {}\n'
        + 'resource "aws_s3_bucket" "b" {\n  bucket = local.a3000\n}\n'
    )
    read.world.dependencies(".#aws_s3_bucket.b")
    chain = "".join(
        f'resource "aws_s3_bucket" "b{place}" {{\n'
        f"  bucket = lower(aws_s3_bucket.b{place + 1}.id)\n}}\n"
        for place in range(500)
    )
    node = reading(chain + 'resource "aws_s3_bucket" "b500" {\n  bucket = "X"\n}\n').node(
        "aws_s3_bucket.b0", "bucket"
    )
    assert node is not None


def test_work_of_a_whole_unit_is_limited(reading: Any) -> None:
    loop = "[for a in range(1000) : [for b in range(100) : a * b]]"
    text = "".join(
        f'resource "aws_s3_bucket" "b{place}" {{\n'
        f"  for_each = toset([tostring(length({loop}))])\n}}\n"
        for place in range(50)
    )
    read = reading(text)
    assert [one.kind for one in read.result.diagnostics] == ["limit"]
    assert any("too many steps" in gap.why for gap in read.world.gaps)
