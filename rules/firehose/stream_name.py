"""The delivery stream has a name that none can have.

## Why delivery fails

A delivery stream's name has 1 to 64 letters, digits, underscores, hyphens and periods. Creating it
fails; a flow log that names such a stream finds none.

## How to fix

Use the characters above.

## Source

<https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="stream-name",
    name="Delivery stream's name is not allowed",
    severity=Severity.ERROR,
    predicts="InvalidArgumentException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the name of every destination stream."""
    for delivery, need in failing(graph, "stream", "name"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix="use letters, digits, underscores, hyphens and periods only, 64 at the most",
            fault=need.subject,
        )
