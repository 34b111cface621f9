"""Sets of texts against patterns and whole policies, compared with trying every member."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.graph.text import text
from validator.graph.verdict import Truth
from validator.policy import Anything, Outcome, decide
from validator.policy.automaton import Machine
from validator.policy.patterns import Mode, entry
from validator.policy.relate import relate
from validator.policy.runs import Word, word_of
from validator.policy.signatures import Budget, BudgetError, walk

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("policy.json", 1, 1, 1, 2)
# `x` stands in no pattern, so it is every character that no pattern waits for.
LETTERS = "ab:x"
LONGEST = 5
WORDS = [
    "".join(letters) for size in range(LONGEST + 1) for letters in product(LETTERS, repeat=size)
]

quick = settings(derandomize=True, max_examples=200, deadline=None)
globs = st.text(alphabet="ab:*?", max_size=4)
anythings = st.builds(
    Anything, least=st.integers(0, 2), colons=st.booleans(), slashes=st.just(True)
)
sets = st.lists(st.one_of(st.sampled_from(["a", "b", ":"]), anythings), max_size=3)


def expression(glob: str, *, in_part: bool = False) -> re.Pattern[str]:
    dot = "[^:]" if in_part else "."
    return re.compile("".join({"*": f"{dot}*", "?": dot}.get(c, re.escape(c)) for c in glob), re.S)


def members(tokens: list[str | Anything]) -> list[str]:
    """All members of a set among the short words."""
    parts: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(re.escape(token))
        else:
            parts.append(("[ab:x]" if token.colons else "[abx]") + f"{{{token.least},}}")
    wanted = re.compile("".join(parts))
    return [word for word in WORDS if wanted.fullmatch(word)]


def as_word(tokens: list[str | Anything]) -> Word:
    return tuple(
        part
        for index, token in enumerate(tokens)
        for part in (
            tuple(token)
            if isinstance(token, str)
            else word_of((token,), "resource", {}, value=index, varies=True)
        )
    )


@quick
@given(st.lists(globs, min_size=1, max_size=3), sets)
def test_signatures_are_those_of_the_members(
    patterns: list[str], tokens: list[str | Anything]
) -> None:
    entries = [entry(text(glob), Mode.LIKE, SPAN, {}, None) for glob in patterns]
    machine = Machine([item.hi[0] for item in entries], wide=True)
    found: dict[tuple[bool, ...], str] = {}
    for states, witness in walk(as_word(tokens), [machine], Budget()).items():
        accepted = tuple(machine.accepted(states[0], [1] * len(patterns)))
        found[accepted] = "".join(token for token in witness if isinstance(token, str))
    expected = {
        tuple(bool(expression(glob).fullmatch(word)) for glob in patterns)
        for word in members(tokens)
    }
    # A longer member than those tried may show one more, but none of those tried is missing.
    assert expected <= found.keys()
    # Every witness is what it is said to be.
    for accepted, shown in found.items():
        assert tuple(bool(expression(glob).fullmatch(shown)) for glob in patterns) == accepted


@quick
@given(st.lists(globs, min_size=1, max_size=4), sets)
def test_cover_and_overlap_are_proofs(patterns: list[str], tokens: list[str | Anything]) -> None:
    entries = [entry(text(glob), Mode.LIKE, SPAN, {}, None) for glob in patterns]
    for glob, truth in zip(patterns, relate(as_word(tokens), entries), strict=True):
        matches = {bool(expression(glob).fullmatch(word)) for word in members(tokens)}
        if truth is Truth.YES:
            assert matches <= {True}
        elif truth is Truth.NO:
            assert matches <= {False}


@quick
@given(
    st.text(alphabet="ab:*?", max_size=2),
    st.lists(
        st.one_of(
            st.sampled_from(["a", "b", ":"]),
            st.builds(Anything, least=st.integers(0, 1), colons=st.booleans()),
        ),
        max_size=2,
    ),
)
def test_overlap_is_exact(glob: str, tokens: list[str | Anything]) -> None:
    """What two short patterns have in common, if anything, is a short word."""
    [truth] = relate(as_word(tokens), [entry(text(glob), Mode.LIKE, SPAN, {}, None)])
    overlap = any(expression(glob).fullmatch(word) for word in members(tokens))
    assert (truth is not Truth.NO) == overlap


@quick
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Allow", "Deny"]),
            st.sampled_from(["Resource", "NotResource"]),
            st.lists(globs, min_size=1, max_size=2),
        ),
        min_size=1,
        max_size=4,
    ),
    sets,
)
def test_decisions_for_sets_are_those_for_every_member(
    make: Make,
    statements: list[tuple[str, str, list[str]]],
    tokens: list[str | Anything],
) -> None:
    prefix = "arn:aws:s3:::"
    policy = make.policy(
        {
            "Statement": [
                {
                    "Effect": effect,
                    "Principal": "*",
                    "Action": "s3:PutObject",
                    element: [prefix + glob for glob in patterns],
                }
                for effect, element, patterns in statements
            ]
        }
    )
    outcomes: set[Outcome] = set()
    for word in members(tokens):
        applying = [
            effect
            for effect, element, patterns in statements
            if any(expression(glob).fullmatch(word) for glob in patterns) == (element == "Resource")
        ]
        allowed = "Allow" in applying and "Deny" not in applying
        outcomes.add(Outcome.ALLOWED if allowed else Outcome.DENIED)
    decision = decide([policy], make.request(prefix, *tokens))
    if len(outcomes) == 2:
        assert decision.outcome is Outcome.PARTLY
    elif outcomes:
        # Longer members than those tried may differ.
        assert decision.outcome in (*outcomes, Outcome.PARTLY)
    if decision.witness is not None:
        one = decide([policy], make.request(decision.witness))
        assert (one.outcome, one.explicit) == (Outcome.DENIED, decision.explicit)


def test_a_part_of_the_keys_is_shown_with_one_that_is_denied(make: Make) -> None:
    policy = make.policy(
        {
            "Statement": [
                {
                    "Sid": "All",
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": "arn:aws:s3:::b/*",
                },
                {
                    "Sid": "NotThere",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": "arn:aws:s3:::b/*/ap-south-1/*",
                },
            ]
        }
    )
    decision = decide([policy], make.request("arn:aws:s3:::b/AWSLogs/", Anything(least=1)))
    assert decision.outcome is Outcome.PARTLY
    assert decision.explicit
    assert [traced.sid for traced in decision.deciding] == ["NotThere"]
    assert decision.witness == "arn:aws:s3:::b/AWSLogs/ap-south-1/"


def test_two_patterns_may_cover_what_neither_covers_alone(make: Make) -> None:
    policy = make.policy(
        {
            "Statement": {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:PutObject",
                "Resource": "arn:aws:s3:::b/a*",
                "Condition": {},
            }
        }
    )
    both = make.policy(
        {
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:PutObject",
                    element: "arn:aws:s3:::b/a*",
                }
                for element in ("Resource", "NotResource")
            ]
        }
    )
    request = make.request("arn:aws:s3:::b/", Anything())
    assert decide([policy], request).outcome is Outcome.PARTLY
    assert decide([both], request).outcome is Outcome.ALLOWED


def test_names_written_by_aws_hold_no_wildcards(make: Make) -> None:
    """A `*` under StringEquals is a plain star, and no source ARN has one."""
    policy = make.statement(
        Condition={"StringEquals": {"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*"}}
    )
    source = make.value("arn:aws:logs:us-east-1:123456789012:", Anything(least=1))
    decision = decide([policy], make.request(context={"aws:SourceArn": source}))
    assert (decision.outcome, decision.explicit) == (Outcome.DENIED, False)


@pytest.mark.parametrize(
    "patterns",
    [
        [f"*{letter}{'?' * 18}" for letter in "abcdefgh"],
        [f"*team-{number:03}*" for number in range(40)],
    ],
)
def test_patterns_that_blow_up_run_out_of_budget(make: Make, patterns: list[str]) -> None:
    policy = make.policy(
        {
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:PutObject",
                    "Resource": [f"arn:aws:s3:::b/{glob}" for glob in patterns],
                },
                *(
                    {
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:PutObject",
                        "Resource": f"arn:aws:s3:::b/{glob}",
                    }
                    for glob in patterns[1:]
                ),
            ]
        }
    )
    decision = decide([policy], make.request("arn:aws:s3:::b/", Anything()))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert any("too involved" in fact.fact for fact in decision.open)


def test_a_spent_budget_is_an_error_of_its_own() -> None:
    with pytest.raises(BudgetError):
        Budget(left=2).spend(3)
