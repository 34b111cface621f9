"""Source lines with carets: right under what is meant, whatever the line is made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.report.escape import width
from validator.report.snippet import Mark, snippets
from validator.report.style import Style


def shown(lines: str, *marks: Mark, columns: int = 100) -> list[str]:
    return snippets(marks, {"f": tuple(lines.split("\n"))}, 2, Style(width=columns))


def mark(line: int, column: int, end: int, label: str = "", *, end_line: int = 0) -> Mark:
    return Mark(Span("f", line, column, end_line or line, end), label, primary=True)


def test_tabs_are_four_columns_wide() -> None:
    assert shown("\ta\t= b", mark(1, 6, 7))[2:] == [
        "12 |"[:0] + " 1 |     a   = b",
        "   |           ^",
    ]


def test_wide_and_combining_characters_keep_carets_aligned() -> None:
    line = 'x = "日本e\u0301" + y'
    source, under = shown(line, mark(1, line.index("y") + 1, line.index("y") + 2))[2:]
    assert width(source[: source.index("y")]) == under.index("^")
    source, under = shown(line, mark(1, 5, 11))[2:]
    assert under.count("^") == width('"日本e\u0301"')


def test_control_characters_keep_carets_aligned() -> None:
    source, under = shown("a\x1b[2Jb", mark(1, 6, 7))[2:]
    assert source == " 1 | a\\x1b[2Jb"
    assert under == "   | " + " " * 8 + "^"


def test_a_place_of_no_width_has_one_caret() -> None:
    assert shown("abc", mark(1, 2, 2))[3] == "   |  ^"
    assert shown("abc", mark(1, 4, 4))[3] == "   |    ^"
    assert shown("", mark(1, 1, 1))[3] == "   | ^"


def test_several_lines_are_underlined_to_the_end_of_the_first() -> None:
    assert shown("a = b(  \n)", mark(1, 5, 2, "all of it", end_line=2))[2:] == [
        " 1 | a = b(",
        "   |     ^^ all of it",
    ]


def test_what_begins_with_a_bracket_alone_shows_what_it_holds() -> None:
    lines = "[\n{\n a\n b\n c\n d\n}\n]"
    assert shown(lines, mark(2, 1, 2, end_line=7))[2:] == [
        " 2 | {",
        "   | ^",
        " 3 |  a",
        " 4 |  b",
        " 5 |  c",
    ]
    # Up to its end, and never a line twice.
    assert shown(lines, mark(2, 1, 2, end_line=3))[4:] == [" 3 |  a"]
    assert shown(lines, mark(2, 1, 2, end_line=7), Mark(Span("f", 4, 2, 4, 3)))[4:] == [
        " 3 |  a",
        " 4 |  b",
        "   |  -",
    ]
    assert shown("x\n{", mark(2, 1, 2, end_line=9))[4:] == []


def test_the_comment_behind_an_opening_line_is_not_underlined() -> None:
    assert shown("a { # words", mark(1, 1, 2, end_line=2))[3] == "   | ^^^"
    assert shown("a # words", mark(1, 1, 10))[3] == "   | ^^^^^^^^^"


def test_lines_far_apart_are_cut_and_near_ones_joined() -> None:
    assert shown("a\nb\nc\nd\ne\nf", mark(1, 1, 2), mark(3, 1, 2), mark(6, 1, 2))[2:] == [
        " 1 | a",
        "   | ^",
        " 2 | b",
        " 3 | c",
        "   | ^",
        "...",
        " 6 | f",
        "   | ^",
    ]


@pytest.mark.parametrize("line", [0, 7, 10**9])
def test_a_line_that_is_not_there_shows_its_label(line: int) -> None:
    assert shown("abc", mark(line or 9, 1, 2, "words")) == [
        f"  --> f:{line or 9}:1",
        "   | words",
    ]


def test_a_long_line_is_cut_around_the_mark() -> None:
    line = "x" * 300 + "HERE" + "y" * 300
    source, under = shown(line, mark(1, 301, 305), columns=80)[2:]
    assert len(source) <= 80
    assert source[5] == source[-1] == "…"
    assert source[under.index("^") : under.rindex("^") + 1] == "HERE"


def test_a_line_of_a_megabyte_takes_no_longer() -> None:
    wide = "x" * 500_000 + "HERE" + " " * 500_000 + "y"
    started = time.process_time()
    for _ in range(50):
        source, under = shown(wide, mark(1, 500_001, 500_005), columns=80)[2:]
        assert source[under.index("^") : under.rindex("^") + 1] == "HERE"
    several = Mark(Span("f", 1, 500_001, 2, 2), primary=True)
    source, under = shown(wide, several, columns=80)[2:]
    assert source[under.index("^") :].startswith("HERE")
    assert time.process_time() - started < 2


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=200),
    st.integers(1, 220),
    st.integers(0, 220),
    st.integers(40, 120),
)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_no_line_breaks_the_layout(line: str, column: int, length: int, columns: int) -> None:
    lines = shown(line, mark(1, column, column + length), columns=columns)
    assert len(lines) == 4
    assert all(width(one) <= columns for one in lines)
    assert "^" in lines[3]
    assert not any(ord(character) < 32 for one in lines for character in one)


def test_a_long_label_goes_below_and_is_wrapped() -> None:
    label = "words " * 30
    rows = shown("abc" * 20, mark(1, 50, 53, label.strip()), columns=80)[3:]
    assert len(rows) > 2
    assert all(width(row) <= 80 for row in rows)
    assert " ".join(" ".join(row.split()[1:]) for row in rows[1:]) == label.strip()
