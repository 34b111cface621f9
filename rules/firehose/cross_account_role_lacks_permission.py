"""One of the two roles to a stream in another account may not do its part.

## Why delivery fails

The role in the flow log's account has to create the log delivery (`logs:CreateLogDelivery`), pass
itself on to log delivery (`iam:PassRole`) and take on the role in the stream's account
(`sts:AssumeRole`). The role there has to create the role that is linked to log delivery
(`iam:CreateServiceLinkedRole`) and tag the stream (`firehose:TagDeliveryStream`). Without the
first role's own steps nothing is set up; the linked role and the tag may be there already, so
without those this is a warning.

## How to fix

Allow the action in a policy of the role that the report names.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="cross-account-role-lacks-permission",
    name="Role for a stream in another account lacks a permission",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the permissions of both roles of every delivery across accounts."""
    for delivery, need in failing(graph, "role-permissions", "cross-account"):
        action, resource = need.facts["action"], need.facts["resource"]
        statement = f'{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}'
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} may not {action} on {resource}: {need.why}",
            fix=f"add to a policy of the role:\n{statement}",
            evidence=need.evidence,
            severity=severity(need),
            fault=f"{need.subject} {action}",
        )
