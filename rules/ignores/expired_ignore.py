"""An ignore whose last day is over.

## Why it is told

`until=2027-03-01` in an ignore, or `until` in `Metadata`, is the last day on which it counts, by
the calendar in UTC. Afterwards the findings that it silenced are back.

`--today 2027-03-02` judges as on that day.

## How to fix

Mend the fault and remove the ignore, or give it a new last day.
"""

from __future__ import annotations

from validator.findings import Findings, Rule, Severity
from validator.notes import Review

RULE = Rule(id="expired-ignore", name="Ignore whose last day is over", severity=Severity.WARNING)


def inspect(review: Review) -> Findings:
    """Look at every ignore with a last day."""
    for note in review.notes:
        if note.ended(review.today):
            yield RULE.finding(
                note.address(*note.rules),
                note.span,
                f"this ignore ended on {note.until}",
                fix="mend what it silenced and remove it, or give it a new last day",
            )
