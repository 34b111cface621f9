"""The aggregation interval is one that EC2 does not take.

## Why delivery fails

The maximum aggregation interval is 60 or 600 seconds; for transit gateways and their attachments
only 60. Terraform sends 600 if none is written, so a transit gateway's flow log needs it written.

## How to fix

Write `max_aggregation_interval = 60` or `MaxAggregationInterval: 60`.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>,
<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-aggregation-interval",
    name="Flow log's aggregation interval is not allowed",
    severity=Severity.ERROR,
    predicts="Invalid Flow Log Max Aggregation Interval",
    when="deploy",
    grade="documented",
)

TRANSIT_GATEWAY = (
    "max-aggregation-interval other than 60 sec / 1 min is not supported when the resource-type is "
    "TransitGateway or TransitGatewayAttachment"
)


def check(graph: Graph) -> Findings:
    """Look at every flow log's aggregation interval."""
    for delivery, need in failing(graph, "arguments", "interval"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix=f"write 60 as {delivery.flow_log.spelled('aggregation_seconds')}",
            aws=Aws(TRANSIT_GATEWAY, "deploy") if "tgw" in need.facts else None,
            fault="interval",
            edits=need.edits,
        )
