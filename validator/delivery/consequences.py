"""Faults that only follow from another one, which is then told alone."""

from __future__ import annotations

from collections.abc import Iterator

from validator.delivery.needs import Need, State
from validator.graph.verdict import Truth
from validator.records import replace

_CAUSES = {("destination-form", "elsewhere"), ("log-group", "name")}
_ITS_ARN = ("resource", "kms:encryptioncontext:aws:logs:arn")


def without_consequences(needs: list[Need]) -> Iterator[Need]:
    """One fault is told once: nobody writes policies for a log group that there cannot be.

    That the role may not write there makes certain what else only may fail.
    """
    cause = next((need for need in needs if (need.name, need.fault) in _CAUSES), None)
    if cause is None:
        return iter(needs)
    follow = [need for need in needs if need.state is State.UNMET and _for_want_of_its_arn(need)]
    whole = cause
    if cause.state is State.AT_RISK and follow:
        why = f"{cause.why}, and the role may not write there"
        whole = replace(cause, state=State.UNMET, why=why, asked=follow[0].asked)
    left = (need for need in needs if all(need is not one for one in follow))
    return (whole if need is cause else need for need in left)


def _for_want_of_its_arn(need: Need) -> bool:
    """Whether a statement would allow what is asked, were it for this log group."""
    if need.name not in ("role-permissions", "log-group-key") or not need.asked:
        return False
    decision = need.asked[-1].decision
    return not decision.explicit and any(
        failing and all(element.lower().endswith(_ITS_ARN) for element in failing)
        for failing in (
            [part.element for part in traced.parts if part.matches is Truth.NO]
            for traced in decision.trace
            if traced.effect == "Allow"
        )
    )
