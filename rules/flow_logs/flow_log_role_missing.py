"""A flow log to CloudWatch Logs has no role.

## Why delivery fails

The flow logs service writes to CloudWatch Logs with a role of yours, so EC2 refuses to create
such a flow log without one. CloudWatch Logs is also what a flow log delivers to if it names no
destination type.

## How to fix

Give a role that trusts `vpc-flow-logs.amazonaws.com` and may write to the log group, or name the
destination type if the records are meant for S3.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph
from validator.graph.values import Absent

RULE = Rule(
    id="flow-log-role-missing",
    name="Flow log to CloudWatch Logs has no role",
    severity=Severity.ERROR,
    predicts="DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every delivery to CloudWatch Logs without a role."""
    for delivery, need in failing(graph, "role", "missing"):
        flow_log = delivery.flow_log
        message = "a flow log to CloudWatch Logs needs a role"
        if isinstance(flow_log.destination_type, Absent):
            message += "; it names no destination type, so it delivers to CloudWatch Logs"
        yield RULE.finding(
            flow_log.address,
            need.span,
            message,
            fix=f"add {flow_log.spelled('role_arn')} with the ARN of a role",
            fault="missing",
        )
