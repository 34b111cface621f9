"""Our parser makes of every text what Lark makes of it with the same grammar."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from validator.readers.terraform.hcl import grammar
from validator.readers.terraform.hcl.compile import compiled, lark_of, shipped
from validator.readers.terraform.hcl.lalr import Parser, Unexpected
from validator.readers.terraform.hcl.scanner import Token as OurToken

SAMPLES = Path(__file__).parents[3] / "sample_templates"
FILES = sorted(SAMPLES.rglob("*.tf"))
TEXTS = [path.read_text(encoding="utf-8") for path in FILES[:: max(1, len(FILES) // 40)]]
# Every terminal, what is close to one, and what is told from another by its place only.
PIECES = [
    *("a", "if", "in", "for", "for_each", "iffy", "else", "endif", "endfor", "null", "true"),
    *("false", "é", "_x-y", "0", "12", "-1", "1.5", "1e3", "-", "--", "1.", "==", "!=", "<", "<="),
    *(">", ">=", "*", "/", "%", "&&", "||", "+", "!", "?", "(", ")", "{", "}", "[", "]", ",", "."),
    *("=", " =", ":", "::", '"', '"x"', '"a${b}c"', '"$${x}"', '"%{if a}b%{else}c%{endif}"'),
    *('"%{ for a, b in c ~}x%{~ endfor }"', '\\"q\\"', "${", "%{", "~", ".*", "[*]", "=>", "..."),
    *("<<E\nx\nE\n", "<<-E\n\n  E\n", "# c\n", "// c\n", "/* c */", "\n", "\n  ", " ", "\t", "\r"),
    *("a = 1\n", "b {\n}\n", 'b "c" {\n', "f(a, b...)", "[for a in b : c]", "{a = 1, in = 2}"),
    *("{for a, b in c : d => e... if f}", "a.b.0.c[d][*].e", "a.*.b", "a ? b : c", "!a", "@", "\\"),
]


class Trees:
    """A builder that keeps what it is called with."""

    def __getattr__(self, name: str) -> Callable[[list[Any]], Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda children: (name, children)


@cache
def lark() -> Any:
    return lark_of(grammar.grammar_text())


@cache
def ours() -> Parser:
    return Parser(grammar.tables()[0], Trees())


def of_lark(text: str, start: str) -> Any:
    try:
        return plain(lark().parse(text, start=start))
    except UnexpectedToken as error:
        token: Token = error.token
        if token.type == "$END":
            return "at the end"
        return (_behind_blanks(token), token.end_pos)
    except UnexpectedCharacters as error:
        return (error.pos_in_stream, error.pos_in_stream)


def of_ours(text: str, start: str) -> Any:
    try:
        return plain(ours().parse(text, start))
    except Unexpected as error:
        return "at the end" if error.at_end else (error.start, error.end)


def _behind_blanks(token: Token) -> int:
    """Where a token starts: with Lark, an equals sign brings the blanks before it."""
    blanks = len(token) - len(token.lstrip(" \t")) if token.type in ("EQ", "COLON") else 0
    return int(token.start_pos or 0) + blanks


def plain(one: Any) -> Any:
    """Either parser's tree; a tree that one rule stands for is that one's."""
    if type(one).__name__ == "Tree":
        return (str(one.data), [plain(child) for child in one.children])
    if isinstance(one, Token):
        return (str(one.type), str(one).lstrip(" \t"), _behind_blanks(one), one.end_pos)
    if isinstance(one, OurToken):
        return (one.type, one.text.lstrip(" \t"), one.start, one.end)
    name, children = one
    return (name, [plain(child) for child in children])


@pytest.mark.parametrize("start", ["start", "expression"])
def test_of_every_sample(start: str) -> None:
    assert len(TEXTS) >= 40
    for text in TEXTS:
        assert of_ours(text, start) == of_lark(text, start)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["start", "expression"]))
def test_of_any_pieces(pieces: list[str], start: str) -> None:
    text = "".join(pieces)
    assert of_ours(text, start) == of_lark(text, start)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_of_samples_with_one_piece_more(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 3))
    text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + cut :]
    assert of_ours(text, "start") == of_lark(text, "start")


def test_what_is_shipped_is_made_of_the_installed_grammar() -> None:
    made = compiled(lark())
    kept, _ = grammar.tables()
    assert {name: kept[name] for name in made} == made
    stamp = grammar.stamp(grammar.grammar_text())
    if json.loads(grammar.SHIPPED.read_bytes())["stamp"] != stamp:
        pytest.skip("another version of python-hcl2 than the shipped tables were made of")
    assert grammar.SHIPPED.read_text(encoding="utf-8") == shipped(lark())
    assert "Permission is hereby granted" in "".join(kept["licence"])
