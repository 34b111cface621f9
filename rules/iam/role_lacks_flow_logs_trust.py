"""The role of a flow log does not trust the flow logs service.

## Why delivery fails

The service `vpc-flow-logs.amazonaws.com` assumes the role to write to CloudWatch Logs. If the
trust policy names another principal (`delivery.logs.amazonaws.com` is the one for S3), or
demands what the service does not send (an external ID, an `aws:SourceArn` of another service,
account or region), it cannot. The flow log is created all the same and stays silent.

## How to fix

Trust `vpc-flow-logs.amazonaws.com` with `sts:AssumeRole`. If you add conditions, `aws:SourceArn`
is `arn:aws:ec2:REGION:ACCOUNT:vpc-flow-log/*`.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>
"""

from __future__ import annotations

from validator.aws.facts import FLOW_LOGS
from validator.delivery.words import corrected, failing, severity
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="role-lacks-flow-logs-trust",
    name="Role does not trust the flow logs service",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)

STATEMENT = (
    f'{{"Effect": "Allow", "Principal": {{"Service": "{FLOW_LOGS}"}}, "Action": "sts:AssumeRole"}}'
)


def check(graph: Graph) -> Findings:
    """Look at the trust policy of every flow log's role."""
    for delivery, need in failing(graph, "role-trust", "refuses"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} does not trust {FLOW_LOGS}: {need.why}",
            fix=corrected(need) or f"add to the trust policy:\n{STATEMENT}",
            evidence=need.evidence,
            severity=severity(need),
            aws=Aws("Access error", "delivery"),
            fault=need.subject,
            edits=need.edits,
        )
