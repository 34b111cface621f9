"""Something that a delivery needs refers to what nothing declares.

## Why delivery fails

The role of the flow log or the key of its bucket is written as a reference to a resource,
variable or output that these files do not declare, or that has no instance here. The deploy tool
stops at it.

## How to fix

Correct the name, declare the resource, or give both sides the same `count` or condition.

## Source

<https://developer.hashicorp.com/terraform/language/expressions/references>,
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="undeclared-reference",
    name="A delivery depends on something undeclared",
    severity=Severity.ERROR,
    predicts="the deploy tool refuses the reference",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every dangling reference behind a delivery's role or key."""
    for delivery, need in failing(graph, "references", "undeclared"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this refers to nothing: {need.why}",
            fix="refer to a resource that these files declare",
            evidence=need.evidence,
            fault=need.subject,
        )
