"""The destination is a log group's ARN with `:*` behind it.

## Why delivery fails

`!GetAtt LogGroup.Arn` ends in `:*`, which stands for every stream of the group. That is right in a
policy's `Resource`, but the destination of a flow log must be the group's own ARN. AWS confirmed
that such flow logs are created and then report a permission error; newer public templates still use
the form, so this is a warning. Terraform's provider cuts the `:*` off by itself.

## How to fix

Give the group by its name, `LogGroupName: !Ref LogGroup`, or write the ARN with `Fn::Sub` and
without `:*`.

## Source

<https://github.com/awsdocs/aws-cloudformation-user-guide/pull/306>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-destination-every-stream",
    name="Flow log's destination ends in :*",
    severity=Severity.WARNING,
    predicts="Access error",
    when="delivery",
)


def check(graph: Graph) -> Findings:
    """Look at every CloudFormation flow log to an ARN with `:*`."""
    for delivery, need in failing(graph, "destination-form", "every-stream"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            "the log group's ARN must not end in :* here",
            fix=need.facts["fix"] or "leave the :* out",
            fault="every-stream",
        )
