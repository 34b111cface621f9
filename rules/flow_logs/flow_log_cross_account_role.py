"""The roles for a delivery stream in another account are not a pair.

## Why delivery fails

Delivery to a stream in another account takes two roles: one in the flow log's account, and one in
the stream's account, whose name must begin with `AWSLogDeliveryFirehoseCrossAccountRole`. Delivery
within one account takes none. With one role alone, with none, or another name, the flow log is
refused. Beside another type of destination the role has no use, which is a warning.

## How to fix

Give both roles, or none if the stream is in the flow log's own account.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-cross-account-role",
    name="Roles for a stream in another account are incomplete",
    severity=Severity.ERROR,
    predicts="InvalidParameter",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the roles of every delivery to Firehose."""
    for delivery, need in failing(graph, "role", "half-a-pair"):
        lacking = need.facts["lacking"]
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this role needs {lacking} beside it, or does not belong here",
            fix=f"add {lacking}, or remove this role if the stream is in the same account",
            fault="half-a-pair",
        )
    for delivery, need in failing(graph, "role", "no-pair"):
        flow_log = delivery.flow_log
        fields = [flow_log.spelled(one) for one in ("role_arn", "cross_account_role_arn")]
        yield RULE.finding(
            flow_log.address,
            need.span,
            f"delivery stream {need.subject} needs two roles: {need.why}",
            fix=f"add {' and '.join(fields)}",
            fault="no-pair",
        )
    for delivery, need in failing(graph, "role", "cross-account-not-applicable"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this role is for a delivery stream in another account, but {need.why}",
            fix=f"remove {delivery.flow_log.spelled('cross_account_role_arn')}",
            severity=Severity.WARNING,
            fault="not-applicable",
        )
    for delivery, need in failing(graph, "role", "cross-account-name"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this role's name must begin with AWSLogDeliveryFirehoseCrossAccountRole: {need.why}",
            fault="name",
        )
