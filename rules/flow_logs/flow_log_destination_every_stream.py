"""The destination is a log group's ARN with `:*` behind it.

## Why delivery fails

`!GetAtt LogGroup.Arn` ends in `:*`, which stands for every stream of the group. That is right in
a policy's `Resource`, but the destination of a flow log is documented as the group's own ARN. In
2018 and 2019 AWS confirmed that such flow logs were created and then reported a permission
error; widely deployed templates have used the form since and deliver, so this is only a note.
Terraform's provider cuts the `:*` off by itself.

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
    severity=Severity.INFO,
    predicts="Access error",
    when="delivery",
    grade="confirmed",
)


def check(graph: Graph) -> Findings:
    """Look at every CloudFormation flow log to an ARN with `:*`."""
    for delivery, need in failing(graph, "destination-form", "every-stream"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            "the destination is documented as the log group's ARN without :*",
            fix=need.facts["fix"] or "leave the :* out",
            fault="every-stream",
        )
