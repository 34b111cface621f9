"""The destination of a flow log refers to something that nothing declares.

## Why delivery fails

The reference names a resource, variable or output that these files do not declare, that has no
instance (`count = 0`), or whose condition is false. The deploy tool itself stops; had the name
been written out instead, AWS would not find the destination.

## How to fix

Correct the name, declare the resource, or give both the flow log and its destination the same
`count` or condition.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>,
<https://developer.hashicorp.com/terraform/language/expressions/references>
"""

from __future__ import annotations

from validator.delivery.words import failing, not_found
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-destination-undeclared",
    name="Flow log's destination refers to something undeclared",
    severity=Severity.ERROR,
    predicts="LogDestinationNotFoundException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every destination with a dangling reference."""
    for delivery, need in failing(graph, "destination", "undeclared"):
        name = delivery.delivered.destination
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the destination refers to nothing: {need.why}",
            fix="refer to a resource that these files declare",
            evidence=need.evidence,
            aws=Aws(not_found(name), "deploy"),
            fault="undeclared",
        )
