"""The flow log does not wait for its log group, and its role may create it.

## Why delivery fails

The flow log names the group by a text of its own, so that nothing tells the deploy which of the two
comes first. If the service has something to deliver before the group is there, it creates it, and
then the deploy cannot: the group exists already.

## How to fix

Refer to the group (`aws_cloudwatch_log_group.flow.arn`, `!Ref LogGroup`), or do not allow the role
`logs:CreateLogGroup`.

## Source

<https://github.com/terraform-aws-modules/terraform-aws-vpc/issues/435>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-group-unordered",
    name="Flow log does not wait for its log group",
    severity=Severity.INFO,
    predicts="ResourceAlreadyExistsException: The specified log group already exists",
    when="deploy",
    grade="reported",
)


def check(graph: Graph) -> Findings:
    """Look at the log groups that flow logs name without a reference."""
    for delivery, need in failing(graph, "log-group", "unordered"):
        fix = f"depends_on = [{need.facts['group']}]"
        if delivery.flow_log.declared.language == "cloudformation":
            fix = f"DependsOn: {need.facts['group']}"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"log group {need.subject}: {need.why}",
            fix=fix,
            evidence=need.evidence,
            fault=need.subject,
        )
