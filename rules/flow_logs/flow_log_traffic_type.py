"""The traffic type is missing, misspelt, or given where none belongs.

## Why delivery fails

A flow log of a VPC, subnet, network interface or regional NAT gateway needs a traffic type
(`ACCEPT`, `REJECT` or `ALL`), although neither Terraform nor CloudFormation demands it. A flow
log of a transit gateway or one of its attachments must not have one; Terraform's provider leaves
it out by itself, CloudFormation passes it on. EC2 refuses the flow log. The three words are
written in capitals; Terraform's provider and CloudFormation refuse any other.

## How to fix

Add `traffic_type = "ALL"` or `TrafficType: ALL`, or remove it from a transit gateway's flow log.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, no_such_value
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-traffic-type",
    name="Flow log's traffic type is missing or does not apply",
    severity=Severity.ERROR,
    predicts="InvalidParameter",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every flow log's traffic type."""
    for delivery, need in failing(graph, "arguments", "traffic-type"):
        field = delivery.flow_log.spelled("traffic_type")
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix=f"add {field} ALL, ACCEPT or REJECT" if need.facts["fix"] else f"remove {field}",
            fault="traffic-type",
        )
    for delivery, need in failing(graph, "arguments", "no-such-traffic"):
        flow_log = delivery.flow_log
        yield RULE.finding(
            flow_log.address,
            need.span,
            need.why,
            fix=f"write {need.facts['right']}",
            aws=Aws(no_such_value(flow_log, "traffic_type", need), "deploy"),
            fault="no-such-traffic",
        )
