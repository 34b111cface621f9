"""The log group's class is none that there is.

## Why delivery fails

A log group is of the class `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`, in capital letters.
Terraform stops at any other word, and CloudFormation cannot create the log group, so the flow log
that waits for it is not created either.

## How to fix

Write one of these words, or leave it out for `STANDARD`.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

from __future__ import annotations

from validator.delivery.target import ToLogGroup
from validator.delivery.words import corrected, failing, no_such_value
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="log-group-class",
    name="Log group's class does not exist",
    severity=Severity.ERROR,
    predicts="is not a valid enum value",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the class of every destination log group."""
    for delivery, need in failing(graph, "log-group", "no-such-class"):
        target = delivery.target
        assert isinstance(target, ToLogGroup) and target.group is not None  # its class is written
        field = target.group.spelled("log_group_class")
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"log group {need.subject}: {need.why}",
            fix=corrected(need) or f"write {need.facts['right']} as {field}",
            aws=Aws(no_such_value(target.group, "log_group_class", need), "deploy"),
            fault=need.subject,
            edits=need.edits,
        )
