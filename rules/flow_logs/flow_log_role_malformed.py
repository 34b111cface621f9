"""The role of a flow log is given by something other than a role's ARN.

## Why delivery fails

`DeliverLogsPermissionArn` takes the ARN of a role. The role's name, its ID, or the ARN of
something else is refused when the flow log is created.

## How to fix

Refer to the role's ARN: `aws_iam_role.flow_logs.arn`, `!GetAtt FlowLogsRole.Arn`. In
CloudFormation `!Ref` of a role gives its name.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-role-malformed",
    name="Flow log's role is not given by its ARN",
    severity=Severity.ERROR,
    predicts="InvalidParameter",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every role that is no role's ARN."""
    for delivery, need in failing(graph, "role", "malformed"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"a role's ARN belongs here: {need.why}",
            fix=need.facts["fix"] or None,
            evidence=need.evidence,
            fault="malformed",
            edits=need.edits,
        )
