"""A flow log names neither a destination nor a log group.

## Why delivery fails

EC2 does not know where to deliver to and refuses to create the flow log. Terraform and
CloudFormation both take the template as it is, because either of the two arguments would do.

## How to fix

Give the ARN of the bucket, log group or delivery stream as the destination, or, in CloudFormation
and for CloudWatch Logs only, the log group's name.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-destination-missing",
    name="Flow log has no destination",
    severity=Severity.ERROR,
    predicts="LogDestination can't be empty if LogGroupName is not provided.",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every delivery without a destination."""
    for delivery, need in failing(graph, "destination", "missing"):
        flow_log = delivery.flow_log
        yield RULE.finding(
            flow_log.address,
            need.span,
            need.why,
            fix=f"add {flow_log.spelled('destination')} with the ARN to deliver to",
            fault="missing",
        )
