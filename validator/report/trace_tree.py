"""A trace as a tree of short lines, for formats that can nest them."""

from __future__ import annotations

from collections.abc import Iterator

from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import HopState
from validator.records import dataclass
from validator.report.escape import place
from validator.traces import Trace, TracedNeed, TracedQuestion, TracedStatement

_STATES: dict[str, HopState] = {
    "met": "good",
    "met, but fragile": "good",
    "open": "open",
    "at risk": "at-risk",
    "unmet": "bad",
}
_OUTCOMES: dict[str, HopState] = {
    "allowed": "good",
    "denied": "bad",
    "partly": "bad",
    "malformed": "bad",
}
_MATCHES = {"yes": "matches", "no": "does not match", "maybe": "may match"}


@dataclass(frozen=True, slots=True)
class Branch:
    """One line: how it stands, if that is to be said, its words, and what hangs below it.

    Every second one of the words is code: what a template or AWS calls something.
    """

    state: HopState | None
    words: tuple[str, ...]
    below: tuple[Branch, ...] = ()


def tree(trace: Trace) -> tuple[Branch, ...]:
    """Every need in order, below it every request that AWS will make, and each statement to it."""
    return tuple(_need(one) for one in trace.needs)


def _need(need: TracedNeed) -> Branch:
    of = " of " if need.subject else ""
    why = f": {need.why}" if need.why else ""
    words = (need.name.replace("-", " ") + of, need.subject, f"{why} (", place(need.span), ")")
    below = (*map(_open, need.open), *(_question(one, need.span) for one in need.questions))
    return Branch(_STATES[need.state], words, below)


def _question(question: TracedQuestion, near: Span) -> Branch:
    words = ("", question.principal, " asks for ", question.action, " on ", question.resource)
    said: list[Branch] = []
    if question.witness and question.witness != question.resource:
        said.append(Branch(None, ("for example ", question.witness)))
    said += [_statement(one, near) for one in question.statements]
    said += map(_open, question.open)
    outcome = f": {question.outcome}"
    return Branch(_OUTCOMES.get(question.outcome, "open"), (*words, outcome), tuple(said))


def _statement(statement: TracedStatement, near: Span) -> Branch:
    words = [f"{statement.effect} ", statement.name, f" ({_near(statement.span, near)}) "]
    words[-1] += _MATCHES[statement.answer]
    parts = tuple(
        Branch(
            None,
            ("", part.element, f" {_MATCHES[part.answer]}" + (f": {part.why}" if part.why else "")),
        )
        for part in statement.parts
        if part.answer != "yes"
    )
    return Branch(None, tuple(words), parts)


def _near(span: Span, other: Span) -> str:
    return f"line {span.line}" if span.file == other.file else place(span)


def _open(fact: Open) -> Branch:
    supply = (" (", fact.supply, ")") if fact.supply else ()
    return Branch("open", (f"missing: {fact.fact}{supply[0] if supply else ''}", *supply[1:]))


def flattened(branches: tuple[Branch, ...], depth: int = 0) -> Iterator[tuple[int, Branch]]:
    """Every line with its depth, from 0, in order."""
    for one in branches:
        yield depth, one
        yield from flattened(one.below, depth + 1)
