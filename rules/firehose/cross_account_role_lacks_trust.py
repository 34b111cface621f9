"""One of the two roles to a stream in another account does not trust who takes it on.

## Why delivery fails

For a delivery stream in another account, log delivery (`delivery.logs.amazonaws.com`) takes on the
role of the flow log's account, and that role takes on the one in the stream's account. Each trust
policy has to say so: the first names the service (`vpc-flow-logs.amazonaws.com` is the one for
CloudWatch Logs), the second the ARN of the first role. Neither may ask for an external ID: a flow
log has no place for one. Whether AWS sends one of its own making is not written down, so that is a
warning.

## How to fix

Trust `delivery.logs.amazonaws.com` in the first role, and the first role's ARN in the second.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
"""

from __future__ import annotations

from validator.delivery.words import corrected, failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="cross-account-role-lacks-trust",
    name="Role for a stream in another account does not trust who takes it on",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the trust policies of both roles of every delivery across accounts."""
    for delivery, need in failing(graph, "role-trust", "source-refuses", "destination-refuses"):
        who = need.facts["who"]
        statement = (
            f'{{"Effect": "Allow", "Principal": {need.facts["principal"]}, '
            '"Action": "sts:AssumeRole"}'
        )
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} does not trust {who}: {need.why}",
            fix=corrected(need) or f"add to the trust policy:\n{statement}",
            evidence=need.evidence,
            severity=severity(need),
            fault=need.subject,
        )
