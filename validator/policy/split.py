"""The case split (not yet: an open question stays open)."""

from __future__ import annotations

from validator.policy.question import Outcome, Request
from validator.policy.signatures import Budget
from validator.policy.verdicts import Groups, Round


def settle(
    groups: Groups, request: Request, first: Round, budget: Budget
) -> tuple[Outcome, Round | None]:
    """The outcome of all cases together, and one of them."""
    return first.outcome, None
