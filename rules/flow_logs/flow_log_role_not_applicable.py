"""A flow log to S3 has a role.

## Why delivery fails

Log delivery writes to S3 in its own name; the bucket policy lets it in, a role plays no part. EC2
refuses to create a flow log that has both.

## How to fix

Remove the role. What the role was allowed to do belongs into the bucket policy, granted to
`delivery.logs.amazonaws.com`.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-role-not-applicable",
    name="Flow log to S3 has a role",
    severity=Severity.ERROR,
    predicts="DeliverLogsPermissionArn is not applicable for s3 delivery",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every delivery to S3 with a role."""
    for delivery, need in failing(graph, "role", "not-applicable"):
        flow_log = delivery.flow_log
        yield RULE.finding(
            flow_log.address,
            need.span,
            "a flow log to S3 takes no role",
            fix=f"remove {flow_log.spelled('role_arn')}",
            fault="role",
        )
