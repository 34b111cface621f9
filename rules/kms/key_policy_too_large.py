"""A key policy is larger than KMS takes.

## Why delivery fails

A key policy may have 32 KB (32,768 bytes). KMS refuses a larger one, and the deploy stops before
anything can be encrypted with the key.

## How to fix

Use fewer statements: conditions on `aws:SourceOrgID` or `aws:SourceAccount` instead of one
statement for each account.

## Source

<https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="key-policy-too-large",
    name="Key policy is over 32 KB",
    severity=Severity.ERROR,
    predicts="LimitExceededException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the key of every delivery."""
    for delivery, need in failing(graph, "document-size", "key"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the policy of {need.subject} has {need.facts['size']} bytes, "
            f"the limit is {need.facts['limit']}",
            fix="use fewer statements",
            fault=need.subject,
        )
