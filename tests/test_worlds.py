"""Several worlds of one unit: what holds in all, and the words for what holds in some."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.findings import Finding, Severity
from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Verdict
from validator.records import replace
from validator.worlds import Judged, merged, words

SPAN = Span("main.tf", 3, 1, 3, 9)
FINDING = Finding("a-rule", Severity.WARNING, "something", "infra#aws_flow_log.a", SPAN)


def delivered(verdict: Verdict, *facts: str) -> Delivered:
    missing = tuple(Open(fact, "", SPAN) for fact in facts)
    return Delivered("infra#aws_flow_log.a", SPAN, "s3", "logs", verdict, missing)


def world(
    when: str, verdict: Verdict | None, *findings: Finding, facts: tuple[str, ...] = ()
) -> Judged:
    there = () if verdict is None else (delivered(verdict, *facts),)
    return Judged((when,) if when else (), there, findings)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["will-work"], "will-work"),
        (["will-fail", "will-fail"], "will-fail"),
        (["will-fail", "will-work"], "may-fail"),
        (["will-fail", "cannot-tell"], "may-fail"),
        (["may-fail", "cannot-tell"], "may-fail"),
        (["cannot-tell", "will-work"], "cannot-tell"),
        (["will-fail", None], "will-fail"),
    ],
)
def test_the_gravest_verdict_counts(verdicts: list[str | None], expected: str) -> None:
    worlds = [world("", None if one is None else Verdict(one)) for one in verdicts]
    (one,), _ = merged(worlds)
    assert one.verdict is Verdict(expected)


def test_a_finding_of_every_world_has_no_condition() -> None:
    worlds = [world(f"A is {v}", Verdict.WILL_FAIL, FINDING) for v in ("true", "false")]
    assert merged(worlds)[1] == [FINDING]


def test_a_finding_of_some_worlds_says_which() -> None:
    grave = replace(FINDING, severity=Severity.ERROR)
    worlds = [
        world("A is true", Verdict.WILL_FAIL, FINDING),
        world("A is false", Verdict.WILL_WORK),
    ]
    assert merged(worlds)[1] == [replace(FINDING, when=("A is true",))]
    worlds[1] = world("A is false", Verdict.WILL_FAIL, grave)
    assert merged(worlds)[1] == [grave]


def test_where_the_flow_log_does_not_exist_nothing_needs_a_condition() -> None:
    worlds = [world("A is true", Verdict.WILL_FAIL, FINDING), world("A is false", None)]
    assert merged(worlds)[1] == [FINDING]


def test_missing_facts_of_all_worlds_are_kept_once() -> None:
    worlds = [
        world("A is true", Verdict.CANNOT_TELL, facts=("x", "y")),
        world("A is false", Verdict.CANNOT_TELL, facts=("y", "z")),
    ]
    (one,), _ = merged(worlds)
    assert [fact.fact for fact in one.open] == ["x", "y", "z"]


def test_no_world_is_nothing() -> None:
    assert merged([]) == ([], [])


WHENS = [(f"A is {a}", f"B is {b}") for a, b in product(("true", "false"), repeat=2)]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([0, 1, 2, 3], ()),
        ([0, 1], ("A is true",)),
        ([1, 3], ("B is false",)),
        ([2], ("A is false", "B is true")),
        ([0, 1, 2], ("A is true, or B is true",)),
        ([0, 3], ("A is true and B is true, or A is false and B is false",)),
    ],
)
def test_conditions_in_the_fewest_words(chosen: list[int], expected: tuple[str, ...]) -> None:
    assert words(WHENS, chosen) == expected


@given(st.sets(st.integers(0, 7), min_size=1))
@settings(derandomize=True, max_examples=100)
def test_conditions_mean_exactly_the_chosen_worlds(chosen: set[int]) -> None:
    whens = [
        (f"A is {a}", f"B is {b}", f"C is {c}") for a, b, c in product(("true", "false"), repeat=3)
    ]
    said = words(whens, chosen)
    meant = {
        number
        for number, when in enumerate(whens)
        if all(
            any(set(term.split(" and ")) <= set(when) for term in condition.split(", or "))
            for condition in said
        )
    }
    assert meant == chosen
