"""One resource has more flow logs than AWS allows.

## Why delivery fails

A network interface, subnet, VPC or gateway may have 250 flow logs. Creating the next one fails;
which one that is, depends on the order of the deploy. Flow logs that exist already count as well if
you tell of them (`--existing`).

## How to fix

Watch the VPC instead of writing many flow logs for it, or let one flow log serve several readers.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-quota",
    name="More than 250 flow logs for one resource",
    severity=Severity.ERROR,
    predicts="FlowLogsLimitExceeded",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the flow logs of every watched resource."""
    for delivery, need in failing(graph, "arguments", "too-many"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"a resource may have 250 flow logs: {need.why}",
            fix="remove flow logs of this resource",
            severity=severity(need),
            fault="too-many",
        )
