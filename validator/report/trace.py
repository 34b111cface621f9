"""A trace for a person: the needs in order, each question, each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import Delivered
from validator.report.escape import page, place, plain, width
from validator.report.style import Style
from validator.report.summary import WORDS, called
from validator.traces import Trace, TracedNeed, TracedQuestion, TracedStatement

_MARKS = {
    "met": ("ok", "green"),
    "met, but fragile": ("note", "cyan"),
    "open": ("open", "cyan"),
    "at risk": ("risk", "yellow"),
    "unmet": ("fails", "red"),
}
_OUTCOMES = {"allowed": "green", "denied": "red", "partly": "red", "malformed": "red"}
_SIGNS = {"yes": "+", "no": "-", "maybe": "?"}


def render(traces: Iterable[tuple[Delivered, Trace]], style: Style) -> str:
    """Every trace, one after the other."""
    return "\n".join(page(_trace(delivered, one, style)) for delivered, one in traces)


def _trace(delivered: Delivered, trace: Trace, style: Style) -> Iterator[str]:
    name = called(delivered.name, delivered.alias)
    verdict = WORDS[delivered.verdict]
    there = f" → {delivered.type} {plain(delivered.destination)}" if delivered.destination else ""
    for line in fitted(f"{plain(name)}{there}: {verdict}", style, 0):
        yield style.paint(line, "bold")
    yield from fitted(place(delivered.span), style, 2)
    for when in trace.when:
        yield from fitted(f"when {plain(when)}", style, 2)
    for need in trace.needs:
        yield ""
        yield from _need(need, style)


def _need(need: TracedNeed, style: Style) -> Iterator[str]:
    mark, color = _MARKS[need.state]
    subject = f" of {plain(need.subject)}" if need.subject else ""
    why = f": {plain(need.why)}" if need.why else ""
    head, *rest = fitted(f"[{mark}] {need.name}{subject}{why}", style, 0)
    yield head.replace(f"[{mark}]", style.paint(f"[{mark}]", color), 1)
    yield from rest
    yield from fitted(place(need.span), style, 4)
    for fact in need.open:
        yield from fitted(f"missing: {_open(fact)}", style, 4)
    for question in need.questions:
        yield from _question(question, need.span, style)


def _question(question: TracedQuestion, near: Span, style: Style) -> Iterator[str]:
    outcome = style.paint(question.outcome, _OUTCOMES.get(question.outcome, "cyan"))
    *before, last = fitted(f"{plain(question.principal)} {plain(question.action)}:", style, 4)
    yield from before
    yield f"{last} {outcome}"
    yield from fitted(f"on {plain(question.resource)}", style, 6)
    if question.witness and question.witness != question.resource:
        yield from fitted(f"for example {plain(question.witness)}", style, 6)
    if style.verbose:
        for key, words in question.context:
            yield from fitted(f"with {plain(key)} = {plain(words)}", style, 6)
    for statement in question.statements:
        yield from _statement(statement, near, style)
    for fact in question.open:
        yield from fitted(f"missing: {_open(fact)}", style, 6)


def _statement(statement: TracedStatement, near: Span, style: Style) -> Iterator[str]:
    sign, span = _SIGNS[statement.answer], statement.span
    there = f"line {span.line}" if span.file == near.file else place(span)
    yield from fitted(f"{sign} {statement.effect} {plain(statement.name)} ({there})", style, 6)
    for part in statement.parts:
        if part.answer != "yes":
            why = f": {plain(part.why)}" if part.why else ""
            yield from fitted(f"{_SIGNS[part.answer]} {plain(part.element)}{why}", style, 10)


def fitted(words: str, style: Style, indent: int) -> list[str]:
    """A line that fits the terminal: the rest below it, deeper; names break behind their parts."""
    found: list[str] = []
    deep = indent + 4
    while words:
        room = max(style.width - (deep if found else indent), 20)
        line = words if width(words) <= room else _beginning(words, room)
        found.append(" " * (deep if found else indent) + line.rstrip())
        words = words[len(line) :].lstrip()
    return found


def _beginning(words: str, room: int) -> str:
    fits = next(n for n in range(len(words), 0, -1) if n == 1 or width(words[:n]) <= room)
    for marks in (" ", "/:", ".,-_"):
        at = max(words.rfind(mark, 0, fits) for mark in marks) + 1
        if at > room // 3:
            return words[:at]
    return words[:fits]


def _open(fact: Open) -> str:
    return plain(f"{fact.fact} ({fact.supply})" if fact.supply else fact.fact)
