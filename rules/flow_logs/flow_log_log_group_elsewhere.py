"""The log group lies in another account or region than the flow log.

## Why delivery fails

The flow logs service writes to CloudWatch Logs in the account and region of the flow log only.
Delivery across accounts is not supported for this destination.

## How to fix

Deliver to a log group beside the flow log, or to an S3 bucket or delivery stream, which may belong
to another account.

## Source

<https://docs.aws.amazon.com/prescriptive-guidance/latest/patterns/configure-vpc-flow-logs-for-centralization-across-aws-accounts.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-log-group-elsewhere",
    name="Log group is in another account or region",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every log group whose ARN names another place than the flow log's."""
    for delivery, need in failing(graph, "destination-form", "elsewhere"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"log group {need.subject} cannot be reached: {need.why}",
            fix="name a log group of the flow log's own account and region",
            severity=severity(need),
            fault=need.subject,
        )
