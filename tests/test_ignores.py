"""Ignore comments: where they may stand, and what they speak for."""

from __future__ import annotations

import pytest

from validator.findings import Finding, Ignored, Severity
from validator.graph.graph import Declared, World
from validator.graph.span import Span
from validator.graph.values import Known
from validator.ignores import Blocks, heed

NOTE = "# predeploy: ignore[a-rule] moved soon"


def ignored(text: str, line: int, *heads: tuple[int, int], rule: str = "a-rule") -> Ignored | None:
    """What becomes of a finding on a line; `heads` are first and last lines of resources."""
    finding = Finding(rule, Severity.ERROR, "m", "infra#x", Span("f", line, 3, line, 5))
    resources = [
        Declared(
            "terraform",
            "t",
            "infra",
            f"r{first}",
            span := Span("f", first, 1, last, 2),
            Known(True, span),
            lambda _: None,
        )
        for first, last in heads
    ]
    blocks = Blocks([World("infra", tuple(resources))])
    return heed(finding, {"f": tuple(text.split("\n"))}, blocks).ignored


@pytest.mark.parametrize(
    "line",
    [
        f"x = 1 {NOTE}",
        "x = 1 // predeploy: ignore[a-rule] moved soon",
        "x = 1 /* predeploy: ignore[a-rule] moved soon */",
        "x = 1 #predeploy:ignore[a-rule]   moved soon",
        "x = 1 # predeploy: ignore[other, a-rule] moved soon",
        "x = 1 # tfsec:ignore:x # predeploy: ignore[a-rule] moved soon",
    ],
)
def test_on_the_line_itself(line: str) -> None:
    assert ignored(line, 1) == Ignored("moved soon")


def test_a_reason_may_be_left_out() -> None:
    assert ignored("x = 1 # predeploy: ignore[a-rule]", 1) == Ignored("")


@pytest.mark.parametrize(
    "line",
    [
        "x = 1 # predeploy: ignore[other] moved soon",
        "x = 1 # predeploy: ignore[a-rule-too] moved soon",
        "x = 1 # predeploy: ignore[] moved soon",
        "x = 1 # predeploy: ignore a-rule",
        "x = 1 # ignore[a-rule]",
        "x = 1",
    ],
)
def test_what_is_no_ignore_for_this_rule(line: str) -> None:
    assert ignored(line, 1) is None


def test_on_the_line_above() -> None:
    assert ignored(f"  {NOTE}\nx = 1", 2) == Ignored("moved soon")
    assert ignored(f"{NOTE}\n\nx = 1", 3) is None
    assert ignored(f"x = 1\n{NOTE}", 1) is None


def test_behind_other_code_it_does_not_speak_for_the_next_line() -> None:
    assert ignored(f"y = 1 {NOTE}\nx = 1", 2) is None


def test_at_the_head_of_the_block() -> None:
    text = f"resource t r {{ {NOTE}\n  a = 1\n  x = 1\n}}\nlocals {{\n  x = 1\n}}"
    assert ignored(text, 3, (1, 4)) == Ignored("moved soon")
    assert ignored(text, 6, (1, 4)) is None
    assert ignored(f"{NOTE}\n{text.replace(NOTE, '')}", 4, (2, 5)) == Ignored("moved soon")


def test_a_resource_known_by_its_key_goes_on_to_the_next() -> None:
    text = f"Log: {NOTE}\n  Type: T\n  X: 1\nOther:\n  X: 1"
    assert ignored(text, 3, (1, 1), (4, 4)) == Ignored("moved soon")
    assert ignored(text, 5, (1, 1), (4, 4)) is None


def test_a_place_outside_the_file_is_no_crash() -> None:
    assert ignored("", 7) is None
