"""An ignore that is not written as one.

## Why it is told

It looks like an ignore and is none, so it silences nothing: no brackets, a day that the calendar
does not have, a key that `Metadata` does not know.

## How to fix

A comment names the rules in brackets, then the last day if there is one, then the reason:

    # predeploy: ignore[rule-id] reason
    # predeploy: ignore[rule-id, other-rule] until=2027-03-01 reason

In Terraform's JSON the property `"//"` of a block holds the same text. In a CloudFormation
template, `Metadata` of a resource or of the whole template holds a list:

    Metadata:
      predeploy:
        ignore:
          - rule: rule-id
            reason: why
            until: "2027-03-01"
"""

from __future__ import annotations

from validator.findings import Findings, Rule, Severity
from validator.notes import Review

RULE = Rule(
    id="malformed-ignore", name="Ignore that is not written as one", severity=Severity.WARNING
)


def inspect(review: Review) -> Findings:
    """Look at everything that means to be an ignore and is none."""
    for one in review.misfits:
        yield RULE.finding(
            f"{one.span.file}#ignore", one.span, one.message, fault=one.message, fix=one.fix
        )
