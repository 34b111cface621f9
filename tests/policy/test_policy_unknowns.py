"""Unknown pieces, keys and values, compared with every way they may turn out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Piece, Text
from validator.graph.verdict import Truth
from validator.policy import ContextValue, Outcome, decide
from validator.policy.patterns import Mode, entry
from validator.policy.relate import relate
from validator.policy.runs import word_of
from validator.policy.split import Settled
from validator.records import dataclass

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("policy.json", 1, 1, 1, 2)
LETTERS = "ab:x"
SHORT = ["".join(letters) for size in range(3) for letters in product(LETTERS, repeat=size)]
# Patterns of two characters tell no more apart than these, `x` being in none of them.
VALUES = ["".join(letters) for size in range(4) for letters in product("abx", repeat=size)]

quick = settings(derandomize=True, max_examples=150, deadline=None)
HOLES = [Hole("one", "one is not known", "--var one=VALUE"), Hole("two", "two is not known")]


def expression(glob: str, dot: str = ".") -> re.Pattern[str]:
    return re.compile("".join({"*": f"{dot}*", "?": dot}.get(c, re.escape(c)) for c in glob), re.S)


def filled(pieces: Sequence[str | Hole], values: dict[Hole, str]) -> str:
    return "".join(piece if isinstance(piece, str) else values[piece] for piece in pieces)


def text_of(pieces: Sequence[str | Hole]) -> Text:
    return Text(tuple(Lit(piece) if isinstance(piece, str) else piece for piece in pieces))


# --- holes in one comparison -------------------------------------------------------------------

words = st.lists(st.one_of(st.sampled_from(["a", "b", ":"]), st.sampled_from(HOLES)), max_size=4)
patterns = st.lists(
    st.one_of(st.sampled_from(["a", "b", ":", "*", "?", "*"]), st.sampled_from(HOLES)), max_size=4
)


@quick
@given(words, patterns, st.sampled_from([Mode.EXACT, Mode.LIKE]))
def test_what_holes_prove_holds_for_all_their_values(
    word: list[str | Hole], pattern: list[str | Hole], mode: Mode
) -> None:
    asked = word_of(text_of(word).pieces, "resource", {})
    [truth] = relate(asked, [entry(text_of(pattern), mode, SPAN, {}, None)])
    found: set[bool] = set()
    for one, two in product(SHORT, repeat=2):
        values = dict(zip(HOLES, (one, two), strict=True))
        actual, wanted = filled(word, values), filled(pattern, values)
        if mode is Mode.EXACT:
            found.add(actual == wanted)
        else:
            found.add(expression(wanted).fullmatch(actual) is not None)
    if truth is Truth.YES:
        assert found == {True}
    if truth is Truth.NO:
        assert found == {False}


@quick
@given(words)
def test_a_text_in_pieces_is_equal_to_itself(word: list[str | Hole]) -> None:
    asked = word_of(text_of(word).pieces, "resource", {})
    for mode in (Mode.EXACT, Mode.LIKE, Mode.EXACT_ANY_CASE):
        assert relate(asked, [entry(text_of(word), mode, SPAN, {}, None)]) == [Truth.YES]


# --- whole decisions with unknown keys ---------------------------------------------------------

OPERATORS = [
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIfExists",
    "StringNotLikeIfExists",
    "Null",
]


@dataclass(frozen=True, slots=True)
class Demand:
    operator: str
    key: str
    values: tuple[str, ...]

    def holds(self, carried: dict[str, str | None]) -> bool:
        actual = carried[self.key]
        if self.operator == "Null":
            return (actual is None) == (self.values[0] == "true")
        negated = "Not" in self.operator
        if actual is None:
            return negated or self.operator.endswith("IfExists")
        if "Like" in self.operator:
            found = any(expression(value).fullmatch(actual) for value in self.values)
        else:
            found = actual in self.values
        return found != negated


@dataclass(frozen=True, slots=True)
class Rule:
    effect: str
    tests: tuple[Demand, ...]

    def holds(self, carried: dict[str, str | None]) -> bool:
        return all(test.holds(carried) for test in self.tests)

    def statement(self) -> dict[str, Any]:
        condition: dict[str, dict[str, list[str]]] = {}
        for test in self.tests:
            condition.setdefault(test.operator, {})[test.key] = list(test.values)
        return {
            "Effect": self.effect,
            "Principal": "*",
            "Action": "*",
            "Resource": "*",
            "Condition": condition,
        }


def allowed(rules: Sequence[Rule], carried: dict[str, str | None]) -> bool:
    applying = {rule.effect for rule in rules if rule.holds(carried)}
    return applying == {"Allow"}


def demands_of(keys: Sequence[str]) -> st.SearchStrategy[Demand]:
    values = st.lists(st.text("ab*?", max_size=2), min_size=1, max_size=2).map(tuple)
    plain = st.builds(Demand, st.sampled_from(OPERATORS[:-1]), st.sampled_from(keys), values)
    null = st.builds(
        Demand,
        st.just("Null"),
        st.sampled_from(keys),
        st.sampled_from([("true",), ("false",)]),
    )
    return st.one_of(plain, plain, plain, null)


def rules_of(keys: Sequence[str]) -> st.SearchStrategy[list[Rule]]:
    tests = st.lists(
        demands_of(keys), min_size=1, max_size=2, unique_by=lambda test: (test.operator, test.key)
    ).map(tuple)
    rule = st.builds(Rule, st.sampled_from(["Allow", "Allow", "Deny"]), tests)
    return st.lists(rule, min_size=1, max_size=3)


def asked(make: Make, rules: Sequence[Rule], context: dict[str, ContextValue]) -> Outcome:
    policy = make.policy({"Statement": [rule.statement() for rule in rules]})
    request = make.request("arn:aws:s3:::b/k", context=context)
    with patch("validator.policy.decide.settle", return_value=Settled()):
        plain = decide([policy], request).outcome
    with (
        patch("validator.policy.split.CASES", 10**6),
        patch("validator.policy.split.WORK", 10**7),
    ):
        split = decide([policy], request).outcome
    assert plain in (split, Outcome.CANNOT_TELL)
    return split


def expected(outcomes: set[bool]) -> Outcome:
    if len(outcomes) == 2:
        return Outcome.CANNOT_TELL
    return Outcome.ALLOWED if True in outcomes else Outcome.DENIED


presences = st.sampled_from([Truth.YES, Truth.MAYBE])


@quick
@given(rules_of(["k:1", "k:2"]), presences, presences)
def test_unknown_keys_are_decided_exactly(
    make: Make, rules: list[Rule], one: Truth, two: Truth
) -> None:
    ways: list[list[str | None]] = [
        [*VALUES, *([None] if present is Truth.MAYBE else [])] for present in (one, two)
    ]
    outcomes = {allowed(rules, {"k:1": a, "k:2": b}) for a, b in product(*ways)}
    context = {
        "k:1": ContextValue(None, present=one),
        "k:2": ContextValue(None, present=two),
    }
    assert asked(make, rules, context) is expected(outcomes)


@quick
@given(
    rules_of(["k:1", "k:2"]),
    st.sampled_from([("", "a"), ("a", ""), ("", ""), ("b", "a")]),
)
def test_one_unknown_in_two_keys_is_one_value(
    make: Make, rules: list[Rule], around: tuple[str, str]
) -> None:
    """The same piece under two keys: what is demanded of both must be possible at once."""
    before, after = around
    outcomes = {allowed(rules, {"k:1": before + value, "k:2": value + after}) for value in VALUES}
    context = {
        "k:1": make.value(before, HOLES[0]) if before else make.value(HOLES[0]),
        "k:2": make.value(HOLES[0], after) if after else make.value(HOLES[0]),
    }
    found = asked(make, rules, context)
    if found is not Outcome.CANNOT_TELL:
        assert found is expected(outcomes)
    else:
        assert expected(outcomes) is Outcome.CANNOT_TELL


# --- holes in whole decisions ------------------------------------------------------------------


def fillings() -> Iterator[dict[Hole, str]]:
    for one, two in product(["", "a", "b", "ab", "x"], repeat=2):
        yield dict(zip(HOLES, (one, two), strict=True))


@quick
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Allow", "Allow", "Deny"]),
            st.sampled_from(["Resource", "NotResource"]),
            patterns.filter(lambda pieces: ":" not in pieces),
            patterns.filter(lambda pieces: ":" not in pieces),
        ),
        min_size=1,
        max_size=3,
    ),
    words.filter(lambda pieces: ":" not in pieces),
    words.filter(lambda pieces: ":" not in pieces),
)
def test_decisions_with_holes_hold_for_all_their_values(
    make: Make,
    statements: list[tuple[str, str, list[str | Hole], list[str | Hole]]],
    resource: list[str | Hole],
    value: list[str | Hole],
) -> None:
    """Holes in resources and values of the policy and of the request, all at once."""
    prefix = "arn:aws:s3:::"
    pieces: list[str | Piece] = ['{"Statement": [']
    for number, (effect, element, pattern, wanted) in enumerate(statements):
        pieces += [
            "," if number else "",
            f'{{"Effect": "{effect}", "Principal": "*", "Action": "*", "{element}": "{prefix}',
            *pattern,
            '", "Condition": {"StringLike": {"k:1": "',
            *wanted,
            '"}}}',
        ]
    policy = make.pieces("bucket", *pieces, "]}")
    request = make.request(
        prefix, *resource, context={"k:1": make.value(*value) if value else make.value("")}
    )
    found = decide([policy], request)
    outcomes: set[bool] = set()
    for values in fillings():
        applying: set[str] = set()
        for effect, element, pattern, wanted in statements:
            matched = expression(filled(pattern, values)).fullmatch(filled(resource, values))
            like = expression(filled(wanted, values)).fullmatch(filled(value, values))
            if (matched is not None) == (element == "Resource") and like:
                applying.add(effect)
        outcomes.add(applying == {"Allow"})
    if found.outcome is Outcome.ALLOWED:
        assert outcomes == {True}
    elif found.outcome is Outcome.DENIED:
        assert outcomes == {False}
    else:
        assert found.outcome is Outcome.CANNOT_TELL
        assert found.open
