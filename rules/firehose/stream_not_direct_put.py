"""The delivery stream takes its records from somewhere else.

## Why delivery fails

Log delivery puts its records into the stream directly. A stream whose source is a Kinesis data
stream or an MSK cluster takes no direct puts.

## How to fix

Deliver to a stream without a source configuration (`DeliveryStreamType: DirectPut`).

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-firehose.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="stream-not-direct-put",
    name="Delivery stream takes no direct puts",
    severity=Severity.ERROR,
    predicts="Access Denied for LogDestination",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the source of every destination stream."""
    for delivery, need in failing(graph, "stream", "source"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} reads from another source, so nothing can be put into it directly",
            fix="deliver to a stream without a source",
            fault=need.subject,
        )
