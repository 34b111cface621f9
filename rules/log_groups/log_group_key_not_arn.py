"""The log group's key is given by an ID or an alias.

## Why delivery fails

The argument is called `kms_key_id` or `KmsKeyId`, but CloudWatch Logs takes the key's ARN only.
The log group is not created, and nothing can be delivered to it.

## How to fix

Give the key's ARN: `aws_kms_key.logs.arn`, `!GetAtt Key.Arn`.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="log-group-key-not-arn",
    name="Log group's key is not given by its ARN",
    severity=Severity.ERROR,
    predicts="InvalidParameterException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the key of every destination log group."""
    for delivery, need in failing(graph, "log-group-key", "no-arn"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the key of {need.subject} must be given by its ARN: {need.why}",
            fix=need.facts["fix"] or "give the key's ARN",
            evidence=need.evidence,
            fault=need.subject,
            edits=need.edits,
        )
