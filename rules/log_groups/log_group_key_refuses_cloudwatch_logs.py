"""The policy of the log group's key does not let CloudWatch Logs use it.

## Why delivery fails

CloudWatch Logs encrypts as the service `logs.REGION.amazonaws.com`, and the key policy has to
allow that; the default policy does not. A condition on `kms:EncryptionContext:aws:logs:arn` must
name the group's ARN without `:*`. Creating the log group fails.

## How to fix

Allow `logs.REGION.amazonaws.com` to encrypt and decrypt in the key policy.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

from validator.delivery.words import corrected, failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="log-group-key-refuses-cloudwatch-logs",
    name="Log group's key policy does not admit CloudWatch Logs",
    severity=Severity.ERROR,
    predicts="InvalidParameterException",
    when="deploy",
    grade="documented",
)

ACTIONS = (
    '["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]'
)


def check(graph: Graph) -> Findings:
    """Look at the key of every destination log group."""
    for delivery, need in failing(graph, "log-group-key", "refuses"):
        statement = (
            f'{{"Effect": "Allow", "Principal": {{"Service": "{need.facts["service"]}"}}, '
            f'"Action": {ACTIONS}, "Resource": "*"}}'
        )
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} does not let CloudWatch Logs encrypt: {need.why}",
            fix=corrected(need) or f"add to the key policy:\n{statement}",
            evidence=need.evidence,
            severity=severity(need),
            fault=need.subject,
        )
