"""The log group keeps its events for a number of days that there is not.

## Why delivery fails

CloudWatch Logs keeps events for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,
1096, 1827, 2192, 2557, 2922, 3288 or 3653 days, or for good. Terraform stops at any other number,
and CloudFormation cannot create the log group, so the flow log that waits for it is not created
either.

## How to fix

Write one of these numbers. To keep events for good, leave it out (in Terraform also 0).

## Source

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="log-group-retention",
    name="Log group's retention is not allowed",
    severity=Severity.ERROR,
    predicts="is not a valid enum value",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the retention of every destination log group."""
    for delivery, need in failing(graph, "log-group", "retention"):
        field = need.facts["field"]
        text = f"expected {field} to be one of [...], got {need.facts['days']}"
        if delivery.flow_log.declared.language == "cloudformation":
            text = f"#/{field}: {need.facts['days']} is not a valid enum value"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"log group {need.subject}: {need.why}",
            fix=f"write {need.facts['near']} as {field}",
            aws=Aws(text, "deploy"),
            fault=need.subject,
        )
