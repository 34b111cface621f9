"""A service's name with a slip in it, in a statement that would do without it."""

from __future__ import annotations

from validator.aws.facts import FLOW_LOGS, LOG_DELIVERY
from validator.delivery.needs import Asked
from validator.findings import Edit
from validator.graph.verdict import Truth

# So near to these names there is no other service. `logs.eu-west-1.amazonaws.com` and
# `logs.eu-west-2.amazonaws.com` are near each other, and both right.
_NAMES = (FLOW_LOGS, LOG_DELIVERY)
_NEAR = 2
_QUOTES = ('"', "'", "")


def service_spelled(asked: Asked) -> tuple[Edit, ...]:
    """The right name for each that only a slip keeps from being the service that asks."""
    right = asked.request.principal.id.literal
    if right not in _NAMES:
        return ()
    for traced in asked.decision.trace:
        failing = {part.element for part in traced.parts if part.matches is Truth.NO}
        principals = asked.policies[traced.document].statements[traced.index].principals
        if traced.effect != "Allow" or failing != {"Principal"} or principals is None:
            continue
        for who in principals.who:
            wrong = who.id.value.literal
            if who.kind == "Service" and wrong and 0 < _apart(wrong, right) <= _NEAR:
                span = who.id.span
                return tuple(Edit(span, f"{q}{wrong}{q}", f"{q}{right}{q}") for q in _QUOTES)
    return ()


def _apart(one: str, other: str) -> int:
    """How many letters have to be put in, left out or changed (Levenshtein's distance)."""
    if abs(len(one) - len(other)) > _NEAR:
        return _NEAR + 1
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for index, wanted in enumerate(other, 1):
            cost = before if letter == wanted else 1 + min(before, row[index], row[index - 1])
            before, row[index] = row[index], cost
    return row[-1]
