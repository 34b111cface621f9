"""The flow log's role belongs to another account.

## Why delivery fails

The service takes on the role on behalf of the account that owns the flow log, and EC2 refuses a
role of another account. Delivery across accounts works to S3 and to Data Firehose.

## How to fix

Give a role of the flow log's own account.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-role-elsewhere",
    name="Flow log's role belongs to another account",
    severity=Severity.ERROR,
    predicts="InvalidParameter",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the account of every flow log's role."""
    for delivery, need in failing(graph, "role", "elsewhere"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this role cannot be used here: {need.why}",
            fix="give a role of the flow log's own account",
            fault="elsewhere",
        )
