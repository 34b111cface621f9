"""An ignore that nothing needs.

## Why it is told

The rule that the ignore names finds nothing where the ignore speaks, so it silences nothing today.
Left standing, it would hide the fault if it came back.

It is told only where it is sure: the rule ran, every delivery that the ignore may be about is
proven to work, everything in the repository that holds a flow log was judged, and nothing was given
that another run may not be given (`--var`, `--parameter`, `--plan`, `--region`, `--existing`, ...).

## How to fix

Remove the ignore, or the rule's id from its brackets. If it is needed with other values only, name
this rule too: `ignore[the-rule, unused-ignore] reason`.
"""

from __future__ import annotations

from validator.findings import Findings, Rule, Severity
from validator.notes import Review

RULE = Rule(id="unused-ignore", name="Ignore that nothing needs", severity=Severity.WARNING)


def inspect(review: Review) -> Findings:
    """Look at every rule that an ignore names and that surely found nothing there."""
    for one in review.namings:
        if one.needed == "no" and not one.note.ended(review.today):
            alone = len(one.note.rules) == 1
            yield RULE.finding(
                one.note.address(one.named),
                one.named.span,
                f"{one.named.id} finds nothing here: nothing needs this ignore",
                fix="remove this ignore" if alone else f"take {one.named.id} out of the brackets",
            )
