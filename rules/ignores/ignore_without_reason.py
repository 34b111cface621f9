"""An ignore gives no reason, where one is asked for.

## Why it is told

With `--require-reason`, or `require-reason` in the configuration, an ignore that does not say why
does not count.

## How to fix

Write the reason behind the brackets, or as `reason` in `Metadata`.
"""

from __future__ import annotations

from validator.findings import Findings, Rule, Severity
from validator.notes import Review

RULE = Rule(id="ignore-without-reason", name="Ignore without a reason", severity=Severity.WARNING)


def inspect(review: Review) -> Findings:
    """Look at every ignore, if a reason is asked for."""
    for note in review.notes:
        if review.require_reason and not note.reason:
            yield RULE.finding(
                note.address(*note.rules),
                note.span,
                "this ignore gives no reason, so it does not count",
                fix="say behind the brackets why the finding is to be ignored"
                if note.kind == "comment"
                else "say in reason why the finding is to be ignored",
            )
