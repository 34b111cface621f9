"""The log group has the class for delivery onwards.

## Why delivery fails

A log group of the class `DELIVERY` keeps its records for one day, for delivery to S3 or Data
Firehose. Whether it takes flow logs is not documented, and a class cannot be changed later.

## How to fix

Use the class `STANDARD` or `INFREQUENT_ACCESS` if the records are to be kept and searched.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="log-group-class-delivery",
    name="Log group has the class DELIVERY",
    severity=Severity.INFO,
    predicts="Access error",
    when="delivery",
    grade="inferred",
)


def check(graph: Graph) -> Findings:
    """Look at the class of every destination log group."""
    for delivery, need in failing(graph, "log-group", "class"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"log group {need.subject} has the class DELIVERY; AWS does not say whether that takes "
            "flow logs",
            fix="use the class STANDARD or INFREQUENT_ACCESS",
            fault=need.subject,
        )
