"""The words of a trace: every need of one delivery, and every question behind it."""

from __future__ import annotations

from typing import Literal

from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.records import dataclass

Answer = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True)
class TracedPart:
    """One element of a statement: whether it matches the request, and why not."""

    element: str
    answer: Answer
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class TracedStatement:
    """One statement against a request."""

    name: str
    effect: str
    answer: Answer
    span: Span
    parts: tuple[TracedPart, ...]


@dataclass(frozen=True, slots=True)
class TracedQuestion:
    """One request that AWS will make, and what the policies answer.

    `context` are condition keys with what the request carries under them.
    """

    principal: str
    action: str
    resource: str
    context: tuple[tuple[str, str], ...]
    outcome: str
    witness: str | None
    statements: tuple[TracedStatement, ...]
    open: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class TracedNeed:
    """One thing that must hold, in the order in which it is looked at."""

    name: str
    state: str
    subject: str
    why: str
    span: Span
    questions: tuple[TracedQuestion, ...]
    open: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """How the verdict of one delivery came about, under one assignment of open conditions.

    `verdict` is the value of a `Verdict`: that of this assignment alone.
    """

    when: tuple[str, ...]
    verdict: str
    needs: tuple[TracedNeed, ...]
