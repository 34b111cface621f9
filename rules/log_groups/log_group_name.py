"""The log group has a name that none can have.

## Why delivery fails

A log group's name has 1 to 512 letters, digits, underscores, hyphens, slashes, periods and number
signs, and does not begin with `aws/`. Creating it fails; a flow log that names such a group finds
none.

## How to fix

Use the characters above.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="log-group-name",
    name="Log group's name is not allowed",
    severity=Severity.ERROR,
    predicts="InvalidParameterException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the name of every destination log group."""
    for delivery, need in failing(graph, "log-group", "name"):
        aws = None if need.when == "deploy" else Aws("Access error", "delivery")
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"no log group can be called {need.subject}: {need.why}",
            fix="use letters, digits, and the characters _ - / . #",
            aws=aws,
            fault=need.subject,
        )
