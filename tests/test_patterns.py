"""Possessive groups: never given back, and right in the versions of Python that have them wrong."""

from __future__ import annotations

import re
import tokenize
from itertools import product
from pathlib import Path

import pytest

import validator
from validator.patterns import possessive

HERE = Path(validator.__file__).parent


@pytest.mark.parametrize(
    "body",
    [
        r"[^a]++|a(?!a)",
        r"ab|c(?=x)",
        r"x|(?!aa)a",
        r"ab?c",
        r"[ x]|/\*" + possessive(r"[^*]|\*(?!/)") + r"\*/",
        possessive("a|bc") + "x",
    ],
)
@pytest.mark.parametrize("times", ["*", "+"])
def test_it_matches_what_an_atomic_group_matches(body: str, times: str) -> None:
    ours, right = re.compile(possessive(body, times)), re.compile(f"(?>(?:{body}){times})")
    for length in range(6):
        for letters in product("abcx/*", repeat=length):
            text = "".join(letters)
            mine, its = ours.match(text), right.match(text)
            assert (mine and mine.span()) == (its and its.span()), text


def test_nothing_is_given_back() -> None:
    assert re.fullmatch(possessive("a|ab") + "b", "ab") is not None
    assert re.fullmatch(possessive("ab|a") + "ab", "abab") is None


def test_no_other_pattern_has_such_a_group() -> None:
    """`[a-z]*+` is right everywhere, `(?:...)*+` is not."""
    group = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    found: list[str] = []
    for file in HERE.rglob("*.py"):
        with file.open("rb") as opened:
            tokens = [one for one in tokenize.tokenize(opened.readline) if group.search(one.string)]
        found += [file.name for one in tokens if one.type == tokenize.STRING]
    assert found == []
