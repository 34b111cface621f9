"""An ignore names a rule that this run does not know.

## Why it is told

No rule is called so, so the ignore silences nothing. Where the id resembles that of a rule, it is a
warning; where it does not, the rule may belong to a pack that this run did not load, and it is a
remark.

## How to fix

Write the id as `validate --list-rules` shows it, or load the pack that has the rule with `--rules`.
"""

from __future__ import annotations

from validator.findings import Findings, Rule, Severity
from validator.notes import Review

RULE = Rule(
    id="ignore-unknown-rule", name="Ignore that names an unknown rule", severity=Severity.WARNING
)


def inspect(review: Review) -> Findings:
    """Look at every rule that an ignore names."""
    for one in review.namings:
        if not one.known:
            unlike = "; if it belongs to a pack of yours, load that with --rules"
            yield RULE.finding(
                one.note.address(one.named),
                one.named.span,
                f"there is no rule {one.named.id}"
                + (f"; did you mean {one.near}?" if one.near else unlike),
                fix=one.near or None,
                severity=Severity.WARNING if one.near else Severity.INFO,
            )
