"""Every recorded input, read as Go's HCL parser reads it: accepted or refused, literals equal."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.bodies import Body
from validator.readers.terraform.hcl.slicer import slices
from validator.readers.terraform.hcl.source import Fault, Node, Source

RECORDS = Path(__file__).parents[2] / "data" / "hcl" / "cases.jsonl"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in RECORDS.read_text(encoding="utf-8").splitlines()
]
ACCEPTED = [case for case in CASES if case["verdict"] == "accept"]

DIFFERENT: dict[str, str] = {}
"""Inputs that we read otherwise than Go does, each with its reason: none is left."""


def read(case: dict[str, Any]) -> Body:
    # A byte order mark is no text: `Files.text` takes it away.
    return parse.body(Source("input.tf", str(case["text"]).removeprefix("\ufeff")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_accepted_or_refused_like_go(case: dict[str, Any]) -> None:
    try:
        read(case)
        verdict = "accept"
    except Fault:
        verdict = "reject"
    assert verdict == case["verdict"]


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: str(case["name"]))
def test_values_like_go(case: dict[str, Any]) -> None:
    assert as_json(read(case)) == case["json"]


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: str(case["name"]))
def test_slicer_finds_the_same_blocks(case: dict[str, Any]) -> None:
    text = str(case["text"]).removeprefix("\ufeff")
    found, fault = slices(text)
    body = read(case)
    assert fault is None
    assert [one.type for one in found if one.attribute] == list(body.attributes)
    assert [(one.type, one.start, one.end) for one in found if not one.attribute] == [
        (block.type, block.start, block.end) for block in body.blocks
    ]


def test_few_differences() -> None:
    assert len(DIFFERENT) <= 3
    assert set(DIFFERENT) <= {str(case["name"]) for case in CASES}
    assert len(CASES) == 202


# --- our tree in the words of hcl2json ----------------------------------------------------------


def as_json(body: Body) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, attribute in body.attributes.items():
        out[name] = value(attribute.value)
    for block in body.blocks:
        path = [block.type, *block.labels]
        # An attribute and a block of one name: hcl2json keeps the attribute.
        if path[0] in body.attributes:
            continue
        inner = out
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        inner.setdefault(path[-1], []).append(as_json(block.body))
    return out


def value(node: tree.Expr) -> Any:
    match node:
        case tree.Literal(value=None | bool() as flag):
            return flag
        case tree.Literal(value=Decimal() as number):
            return int(number) if number == int(number) and abs(number) < 2**53 else float(number)
        case tree.Unary(operator="-", x=tree.Literal() as number):
            return -value(number)
        case tree.Template():
            return template(node)
        case tree.Tuple(items=items):
            return [value(item) for item in items]
        case tree.Object(entries=entries):
            return {key(one): value(two) for one, two in entries}
        case _:
            return f"${{{node.source.text[node.start : node.end]}}}"


def key(node: tree.Expr) -> str:
    if isinstance(node, tree.Template):
        return str(template(node))
    words = node.source.text[node.start : node.end]
    return f"${{{words}}}" if isinstance(node, tree.Paren) else words


def template(node: tree.Template) -> Any:
    if node.wraps and isinstance(node.parts[0], tree.Template):
        return template(node.parts[0])
    return "".join(part(one) for one in node.parts)


def part(one: tree.Part) -> str:
    match one:
        case tree.Chars(text=text):
            return text.replace("${", "$${").replace("%{", "%%{")
        case tree.If(test=test, yes=yes, no=no):
            inner = "".join(part(two) for two in yes)
            other = "".join(part(two) for two in no)
            middle = f"%{{else}}{other}" if no else ""
            return f"%{{if {source(test)}}}{inner}{middle}%{{endif}}"
        case tree.Repeat(of=of, parts=parts):
            names = ", ".join(name for name in (one.key_name, one.value_name) if name)
            inner = "".join(part(two) for two in parts)
            return f"%{{for {names} in {source(of)}}}{inner}%{{endfor}}"
        case tree.Template():
            return str(template(one))
        case _:
            return f"${{{source(one)}}}"


def source(node: Node) -> str:
    return node.source.text[node.start : node.end]
