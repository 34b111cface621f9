"""Faults that hang on the kind of policy."""

from __future__ import annotations

from validator.graph.values import Text
from validator.policy.model import Policy


def check(policy: Policy, attached_to: Text | None) -> Policy:
    """The policy with the faults of its kind."""
    return policy
