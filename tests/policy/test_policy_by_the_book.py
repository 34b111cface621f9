"""Whole decisions about sets and unknowns, against the book's answer for every member."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.policy import naive
from tests.policy.cases import OPEN, Case, World, open_in, policy
from tests.policy.generated import CASES
from validator.graph.text import Text
from validator.graph.verdict import Truth
from validator.policy import Decision, Outcome, decide, decide_role


class Book:
    """What the book says of a case, for each way in which what is open may turn out.

    What AWS leaves open counts as open too.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.worlds = case.worlds()
        calls = case.members()
        self.answers = [answer for world in self.worlds for answer in self.of(calls, world)]
        self.settled = len(self.answers) == 1

    def of(self, members: list[str], world: World) -> list[set[naive.Result]]:
        """What is said of these resources, under each reading of the rules."""
        calls = [self.case.call(member, world) for member in members]
        groups = self.case.parts(world.document)
        return naive.ways(lambda doubt: {naive.decision(groups, call, doubt) for call in calls})

    def applies(self, index: int) -> set[bool]:
        """Whether a statement applies."""
        found: set[bool] = set()
        for world in self.worlds:
            statement = naive.listed(world.document["Statement"])[index]
            for member in self.case.members():
                found |= self._ways(statement, self.case.call(member, world), world)
        return found

    def _ways(self, statement: object, call: naive.Call, world: World) -> set[bool]:
        ways = naive.ways(lambda doubt: naive.applies(world.document, statement, call, doubt))
        return set(ways)


def asked(case: Case) -> Decision:
    groups = [[policy(document) for document in group] for group in case.parts(case.document)]
    if len(groups) == 1:
        return decide(groups[0], case.request)
    return decide_role(groups[0], groups[1][0], case.request)


def compare(case: Case) -> tuple[Decision, Book]:
    found, book = asked(case), Book(case)
    every = set[naive.Result]().union(*book.answers)
    match found.outcome:
        case Outcome.ALLOWED:
            assert every == {"allowed"}
        case Outcome.DENIED:
            assert "allowed" not in every
        case Outcome.PARTLY:
            assert found.witness is not None
        case outcome:
            assert outcome is Outcome.CANNOT_TELL
            assert found.open
            assert not book.settled, "nothing is open"
    if found.witness is not None:
        _is_denied(case, found, book)
    for traced in found.trace:
        if traced.matches is not Truth.MAYBE:
            index = case.place(traced.document, traced.index)
            assert book.applies(index) == {traced.matches is Truth.YES}
    return found, book


def _is_denied(case: Case, found: Decision, book: Book) -> None:
    assert found.witness is not None
    witness = found.witness
    if "…" in witness:  # all members alike
        assert found.outcome is Outcome.DENIED
        return
    for letter, (piece, _) in OPEN.items():
        witness = witness.replace(str(Text((piece,))), letter)
    assert case.holds(witness)
    if len(open_in(witness)) < len(open_in("".join(str(token) for token in case.tokens))):
        return  # shown with a text in the place of what is open, which only some worlds have
    wanted = {"explicit"} if found.explicit else {"implicit", "explicit"}
    said = [set().union(*book.of([witness], world)) for world in book.worlds]
    assert any(answers <= wanted for answers in said)


@given(CASES)
def test_what_is_open_is_decided_for_all_it_may_be(case: Case) -> None:
    compare(case)


@given(CASES, st.integers(0, 100))
def test_what_is_settled_is_decided_exactly(case: Case, way: int) -> None:
    """Members of the set may differ, and then that is what is said."""
    case = case.closed(way)
    found, book = compare(case)
    if not book.settled:
        return
    [answers] = book.answers
    if "allowed" in answers and len(answers) > 1:
        assert found.outcome is Outcome.PARTLY
    if found.outcome is Outcome.ALLOWED or found.explicit:
        effect = "Allow" if found.outcome is Outcome.ALLOWED else "Deny"
        assert {traced.effect for traced in found.deciding} == {effect}
    if found.outcome is Outcome.DENIED:
        assert found.explicit or answers == {"implicit"}
