"""A trace for a person: the needs in order, each question, each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.findings import Delivered
from validator.graph.verdict import Open
from validator.report.escape import page, place, plain
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
    yield style.paint(f"{plain(name)}{there}: {verdict}", "bold")
    yield f"  {place(delivered.span)}"
    for when in trace.when:
        yield f"  when {plain(when)}"
    for need in trace.needs:
        yield ""
        yield from _need(need, style)


def _need(need: TracedNeed, style: Style) -> Iterator[str]:
    mark, color = _MARKS[need.state]
    subject = f" of {plain(need.subject)}" if need.subject else ""
    why = f": {plain(need.why)}" if need.why else ""
    yield f"{style.paint(f'[{mark}]', color)} {need.name}{subject}{why}"
    yield f"    {place(need.span)}"
    for fact in need.open:
        yield f"    missing: {_open(fact)}"
    for question in need.questions:
        yield from _question(question, style)


def _question(question: TracedQuestion, style: Style) -> Iterator[str]:
    outcome = style.paint(question.outcome, _OUTCOMES.get(question.outcome, "cyan"))
    yield f"    {plain(question.principal)} {plain(question.action)}: {outcome}"
    yield f"      on {plain(question.resource)}"
    if question.witness:
        yield f"      for example {plain(question.witness)}"
    if style.verbose:
        for key, words in question.context:
            yield f"      with {plain(key)} = {plain(words)}"
    for statement in question.statements:
        yield from _statement(statement)
    for fact in question.open:
        yield f"      missing: {_open(fact)}"


def _statement(statement: TracedStatement) -> Iterator[str]:
    sign = _SIGNS[statement.answer]
    yield f"      {sign} {statement.effect} {plain(statement.name)} ({place(statement.span)})"
    for part in statement.parts:
        if part.answer != "yes":
            why = f": {plain(part.why)}" if part.why else ""
            yield f"          {_SIGNS[part.answer]} {plain(part.element)}{why}"


def _open(fact: Open) -> str:
    return plain(f"{fact.fact} ({fact.supply})" if fact.supply else fact.fact)
