"""A policy document that a delivery depends on is not a policy that AWS takes.

## Why delivery fails

AWS checks the grammar of a policy when it is written: an element or operator that does not
exist, an effect in lower case, a statement without an action, a principal where none belongs, or
one of another partition. A document that AWS refuses grants nothing, and the deploy stops there.

## How to fix

Correct the element that the report points at.

## Source

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="policy-document-malformed",
    name="Policy document that AWS refuses",
    severity=Severity.ERROR,
    predicts="MalformedPolicy",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the documents that deliveries depend on."""
    for delivery, need in failing(graph, "policy-document", "malformed"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"AWS refuses {need.subject}: {need.why}",
            evidence=need.evidence,
            fault=f"{need.subject} {need.why}",
        )
