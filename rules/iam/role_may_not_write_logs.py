"""The role of a flow log may not write to the log group.

## Why delivery fails

The flow logs service needs `logs:CreateLogStream` and `logs:PutLogEvents` through the role. Both
are asked of the log stream, `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:log-stream:STREAM`, so a
grant on the bare ARN of the log group covers neither. A grant for another group, a Deny, or a
permissions boundary that leaves the actions out has the same effect. The flow log is created all
the same and stays silent.

## How to fix

Allow the actions on the log group's ARN followed by `:*`. In Terraform
`"${aws_cloudwatch_log_group.flow.arn}:*"`; in CloudFormation `!GetAtt LogGroup.Arn` ends in `:*`
already.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>,
<https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="role-may-not-write-logs",
    name="Role may not write to the log group",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the permissions of every flow log's role."""
    for delivery, need in failing(graph, "role-permissions", "refuses"):
        statement = (
            '{"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents", '
            f'"logs:DescribeLogStreams"], "Resource": {need.facts["resource"]}}}'
        )
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} may not {need.facts['action']} in log group "
            f"{delivery.delivered.destination}: {need.why}",
            fix=f"name its streams: {need.edits[0].new}"
            if need.edits
            else f"add to a policy of the role:\n{statement}",
            evidence=need.evidence,
            aws=Aws("Access error", "delivery"),
            fault=f"{need.subject} {need.facts['action']}",
            edits=need.edits,
        )
