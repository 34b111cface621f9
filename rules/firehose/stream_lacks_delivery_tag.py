"""The delivery stream lacks the tag `LogDeliveryEnabled`.

## Why delivery fails

Log delivery may write only to streams that are tagged `LogDeliveryEnabled` = `true`. AWS adds
the tag when the flow log is created; a template that does not hold it removes it at the next
apply, and the records stop.

## How to fix

Add the tag to the stream in the template.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="stream-lacks-delivery-tag",
    name="Delivery stream lacks the tag that lets log delivery in",
    severity=Severity.WARNING,
    predicts="Access error",
    when="next-apply",
    grade="reported",
)


def check(graph: Graph) -> Findings:
    """Look at the tags of every destination stream."""
    for delivery, need in failing(graph, "stream", "tag"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} is not tagged LogDeliveryEnabled = true; "
            "the next apply removes the tag that AWS adds",
            fix="add the tag LogDeliveryEnabled with the value true",
            fault=need.subject,
        )
