"""A delivery's needs as a trace that a person can follow step by step."""

from __future__ import annotations

from validator.delivery.deliveries import Delivery
from validator.delivery.differs import shown
from validator.delivery.needs import Asked, Need
from validator.graph.verdict import Truth
from validator.policy.question import ContextValue, Part, Traced
from validator.traces import (
    Answer,
    Trace,
    TracedNeed,
    TracedPart,
    TracedQuestion,
    TracedStatement,
)

_ANSWERS: dict[Truth, Answer] = {Truth.YES: "yes", Truth.NO: "no", Truth.MAYBE: "maybe"}


def trace(delivery: Delivery, when: tuple[str, ...] = ()) -> Trace:
    """Every need of a delivery with every question behind it."""
    needs = tuple(_need(need) for need in delivery.needs)
    return Trace(when, delivery.delivered.verdict.value, needs)


def _need(need: Need) -> TracedNeed:
    return TracedNeed(
        name=need.name,
        state=need.state.value,
        subject=need.subject,
        why=need.why or need.fault,
        span=need.span,
        questions=tuple(_question(asked) for asked in need.asked),
        open=need.open,
    )


def _question(asked: Asked) -> TracedQuestion:
    request, decision = asked.request, asked.decision
    context = tuple(
        (key, _carried(value))
        for key, value in sorted(request.context.items())
        if value.present is not Truth.NO
    )
    return TracedQuestion(
        principal=str(request.principal.id),
        action=request.action,
        resource=shown(request.resource),
        context=context,
        outcome=decision.outcome.value,
        witness=decision.witness,
        statements=tuple(_statement(asked, traced) for traced in decision.trace),
        open=decision.open,
    )


def _statement(asked: Asked, traced: Traced) -> TracedStatement:
    parts = tuple(
        TracedPart(part.element, _ANSWERS[part.matches], _why(asked, traced, part), part.span)
        for part in traced.parts
    )
    name = traced.sid or f"statement {traced.index + 1}"
    return TracedStatement(name, traced.effect, _ANSWERS[traced.matches], traced.span, parts)


def _carried(value: ContextValue) -> str:
    if value.values is None:
        return "perhaps, with any value" if value.present is Truth.MAYBE else "any value"
    words = ", ".join(shown(one) for one in value.values)
    words = " or ".join((words, *(shown(one) for one in value.instead)))
    return f"perhaps {words}" if value.present is Truth.MAYBE else words


def _why(asked: Asked, traced: Traced, part: Part) -> str:
    return asked.why(traced, part) if part.matches is Truth.NO else part.why
