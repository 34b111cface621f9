"""Whatever comes in, slicer and grammar agree on the blocks, or the text is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.bodies import Body
from validator.readers.terraform.hcl.slicer import Slice, slices
from validator.readers.terraform.hcl.source import Fault, Source

PIECES = [
    'resource "a" "b" {',
    "locals {",
    "}",
    "x {}",
    "y { z = 1 }",
    "a = 1",
    "b = [1, 2,",
    "]",
    "c = (1",
    ")",
    "d = {",
    'e = "x"',
    'f = "${g("}")}"',
    'h = "%{ if x }y%{ endif }"',
    'i = "$${j}"',
    "k = <<EOF",
    "EOF",
    "EOF ",
    "  EOF",
    "l = <<-EOF",
    "${m}",
    "${n({",
    "})}",
    "# o {",
    "// p }",
    "/* q {",
    "*/",
    '"',
    "\\",
    "\ufeff",
    "é = 1",
    "\r",
    "\t",
    "$",
    "%{",
    "<<",
    "!!r",
    "- - 1",
]
TEXTS = st.lists(st.sampled_from([*PIECES, "\n", "\n", "\n", " "]), max_size=25).map("".join)
LINES = st.lists(st.sampled_from(PIECES), max_size=20).map("\n".join).map(lambda text: text + "\n")


def whole(text: str) -> Body | None:
    try:
        return parse.body(Source("input.tf", text))
    except Fault:
        return None


def parsed(text: str, part: Slice) -> Body | None:
    try:
        return parse.body(Source("input.tf", text), part.start, part.end)
    except Fault:
        return None


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.one_of(TEXTS, LINES, st.text(max_size=40)))
def test_slicer_and_grammar_agree(text: str) -> None:
    found, fault = slices(text)
    body = whole(text)
    if body is not None:
        # What can be read whole is sliced whole: nothing is ever swallowed.
        assert fault is None
        assert [one.type for one in found if one.attribute] == list(body.attributes)
        assert [(one.type, one.start, one.end) for one in found if not one.attribute] == [
            (block.type, block.start, block.end) for block in body.blocks
        ]
    for part in found:
        inner = parsed(text, part)
        if inner is None:
            continue
        if part.attribute:
            assert list(inner.attributes) == [part.type]
            assert not inner.blocks
        else:
            assert [(one.type, one.start, one.end) for one in inner.blocks] == [
                (part.type, part.start, part.end)
            ]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.one_of(TEXTS, LINES))
def test_blocks_that_can_be_read_alone_can_be_read_together(text: str) -> None:
    found, fault = slices(text)
    names = [one.type for one in found if one.attribute]
    if fault is None and len(set(names)) == len(names):
        alone = all(parsed(text, part) is not None for part in found)
        assert alone == (whole(text) is not None)


@pytest.mark.parametrize("blanks", [" ", "\t", "  \t "])
def test_heredoc_closed_by_a_marker_with_blanks(blanks: str) -> None:
    text = f"a = <<EOF\nx\nEOF{blanks}\nb = <<EOF\ny\nEOF\n"
    body = parse.body(Source("input.tf", text))
    assert list(body.attributes) == ["a", "b"]


def test_names_that_head_nothing_take_linear_time() -> None:
    found, fault = slices("a" * 20_000 + "-" * 20_000)
    assert found == [] and fault is not None
    found, fault = slices('x "' + "a" * 40_000)
    assert found == [] and fault is not None


def test_a_string_with_a_template_takes_linear_time() -> None:
    text = 'a {\n  b = "' + "c" * 50_000 + '${d}"\n}\n'
    found, fault = slices(text)
    assert fault is None and len(found) == 1
    text = "a = {" + " \n" * 20_000 + "}\n"
    assert whole(text) is not None


@pytest.mark.parametrize("name", ["null", "true", "false", "for", "if", "in"])
def test_an_argument_may_be_named_as_a_value_is(name: str) -> None:
    """`required_providers { null = {...} }` is written in every second repository."""
    body = parse.body(Source("x.tf", f"required_providers {{\n  {name} = 1\n}}\n{name} = 2\n"))
    assert list(body.attributes) == [name]
    assert list(body.blocks[0].body.attributes) == [name]
