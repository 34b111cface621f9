"""A name with a slip in it, in a policy that would do without it: of a service, of a key."""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws.facts import FLOW_LOGS, LOG_DELIVERY
from validator.delivery.code import instead_of
from validator.delivery.needs import Asked
from validator.findings import Edit, Evidence
from validator.graph.text import text
from validator.graph.verdict import Truth
from validator.policy.decide import decide
from validator.policy.keys import meant
from validator.policy.model import Condition, Policy
from validator.policy.question import Outcome, Traced
from validator.policy.spelling import apart
from validator.records import replace

# So near to these names there is no other service. `logs.eu-west-1.amazonaws.com` and
# `logs.eu-west-2.amazonaws.com` are near each other, and both right.
_NAMES = (FLOW_LOGS, LOG_DELIVERY)
_NEAR = 2


def name_spelled(asked: Asked) -> tuple[Edit, ...]:
    """The right name for the one that only a slip keeps from letting the request in."""
    return (() if asked.decision.explicit else _service_spelled(asked)) or _key_spelled(asked)


def slip_facts(asked: Asked) -> dict[str, str]:
    """What to write for condition keys with slips, if they all together keep the request out."""
    if len(asked.policies) != 1:
        return {}
    mended = asked.policies[0]
    words: dict[str, None] = {}
    for traced, condition, name, right in _wrong_keys(asked, asked.decision.trace):
        mended = _mended(mended, traced, condition, right)
        words[f"{right} for {name}"] = None
    if not words or decide([mended], asked.request).outcome is not Outcome.ALLOWED:
        return {}
    return {"slip": f"write {' and '.join(words)}"}


def _service_spelled(asked: Asked) -> tuple[Edit, ...]:
    """The right name for each that only a slip keeps from being the service that asks."""
    right = asked.request.principal.id.literal
    if right not in _NAMES:
        return ()
    for traced in asked.decision.trace:
        failing = {part.element for part in traced.parts if part.matches is Truth.NO}
        principals = asked.policies[traced.document].numbered(traced.index).principals
        if traced.effect != "Allow" or failing != {"Principal"} or principals is None:
            continue
        for who in principals.who:
            wrong = who.id.value.literal
            if who.kind == "Service" and wrong and 0 < apart(wrong, right, _NEAR) <= _NEAR:
                return instead_of(who.id.span, wrong, right)
    return ()


def keys_that_deny(asked: Asked) -> tuple[Evidence, ...]:
    """The condition keys in the deciding Deny statements that AWS does not know."""
    return tuple(
        Evidence(condition.span, f"there is no condition key {name}; did you mean {right}?")
        for _, condition, name, right in _wrong_keys(asked, asked.decision.deciding)
    )


def _key_spelled(asked: Asked) -> tuple[Edit, ...]:
    """The right name for a condition key, if that alone lets the request in."""
    if len(asked.policies) != 1:
        return ()
    for traced, condition, name, right in _wrong_keys(asked, _looked_at(asked)):
        mended = _mended(asked.policies[0], traced, condition, right)
        if decide([mended], asked.request).outcome is Outcome.ALLOWED:
            return instead_of(condition.span, name, right)
    return ()


def _looked_at(asked: Asked) -> tuple[Traced, ...]:
    """The statements that deny; if none does, all."""
    return asked.decision.deciding if asked.decision.explicit else asked.decision.trace


def _wrong_keys(
    asked: Asked, traces: tuple[Traced, ...]
) -> Iterator[tuple[Traced, Condition, str, str]]:
    for traced in traces:
        for condition in asked.policies[traced.document].numbered(traced.index).conditions:
            name = condition.key.literal
            if name is not None and (right := meant(name)):
                yield traced, condition, name, right


def _mended(policy: Policy, traced: Traced, wrong: Condition, right: str) -> Policy:
    statement = policy.numbered(traced.index)
    mended = replace(
        statement,
        conditions=tuple(
            replace(one, key=text(right)) if one is wrong else one for one in statement.conditions
        ),
    )
    statements = (mended if one is statement else one for one in policy.statements)
    return replace(policy, statements=tuple(statements))
