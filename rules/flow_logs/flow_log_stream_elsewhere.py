"""The delivery stream is in another region than the flow log.

## Why delivery fails

A flow log delivers to a stream of its own region. AWS writes this down for other log sources, and
of flow logs only implies it, so this is a warning. Another account is reached through two roles;
see `flow-log-cross-account-role`.

## How to fix

Create a stream in the flow log's region. It may put its records into a bucket of any other.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-firehose.html>
"""

from __future__ import annotations

from validator.delivery.words import access_denied, failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-stream-elsewhere",
    name="Delivery stream is in another region",
    severity=Severity.WARNING,
    predicts="Access Denied for LogDestination",
    when="deploy",
    grade="inferred",
)


def check(graph: Graph) -> Findings:
    """Look at every stream whose ARN names another region than the flow log."""
    for delivery, need in failing(graph, "stream", "elsewhere"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"delivery stream {need.subject} cannot be reached: {need.why}",
            fix="name a delivery stream of the flow log's own region",
            aws=Aws(access_denied(need.subject), "deploy"),
            fault=need.subject,
        )
