"""The role that deploys the flow log may not create it.

## Why delivery fails

Whoever creates a flow log to S3 or Data Firehose needs `logs:CreateLogDelivery`, and whoever
creates one to CloudWatch Logs needs `iam:PassRole` on the flow log's role. Terraform's provider is
told to take on a role whose policies are at hand, and they allow neither. Who runs Terraform may
give more than is written here, so this is a note.

## How to fix

Allow the action in a policy of that role.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="deployer-lacks-permission",
    name="Role that deploys the flow log lacks a permission",
    severity=Severity.INFO,
    predicts="UnauthorizedOperation: You are not authorized to perform this operation.",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the roles that Terraform's providers take on."""
    for delivery, need in failing(graph, "arguments", "deployer"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.why}, which creating this flow log takes",
            fix=f"allow {need.facts['action']} in a policy of {need.subject}",
            evidence=need.evidence,
            fault=f"{need.subject} {need.facts['action']}",
        )
