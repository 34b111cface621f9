"""The policy of the bucket's key does not let log delivery use it.

## Why delivery fails

Log delivery must encrypt what it writes, so the key policy has to allow `kms:GenerateDataKey` to
`delivery.logs.amazonaws.com`. The default key policy, which a key has if none is written, speaks
of your account only and admits no AWS service. A grant in the bucket policy does not count.

## How to fix

Add a statement to the key policy that allows `delivery.logs.amazonaws.com` the five actions that
AWS publishes.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html>,
<https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
"""

from __future__ import annotations

from validator.aws.facts import LOG_DELIVERY
from validator.delivery.words import corrected, failing, severity
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="key-policy-refuses-log-delivery",
    name="Key policy does not let log delivery use the key",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)

STATEMENT = (
    f'{{"Effect": "Allow", "Principal": {{"Service": "{LOG_DELIVERY}"}}, '
    '"Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", '
    '"kms:DescribeKey"], "Resource": "*"}'
)


def check(graph: Graph) -> Findings:
    """Look at the key of every destination bucket."""
    for delivery, need in failing(graph, "key-policy", "refuses"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} does not let log delivery encrypt: {need.why}",
            fix=corrected(need) or f"add to the key policy:\n{STATEMENT}",
            evidence=need.evidence,
            severity=severity(need),
            aws=Aws("Access error", "delivery"),
            fault=need.subject,
            edits=need.edits,
        )
