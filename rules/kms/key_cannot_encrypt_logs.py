"""The key lies in another region or partition, or is not made for encryption.

## Why delivery fails

A bucket and a log group are encrypted with a symmetric key for encryption, of their own region.
Asymmetric keys, HMAC keys and keys of other regions are refused: by CloudWatch Logs when the group
gets its key, by S3 when log delivery writes.

## How to fix

Give a key of the same region with the spec `SYMMETRIC_DEFAULT`.

## Source

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>,
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

from validator.delivery.needs import NeedName
from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="key-cannot-encrypt-logs",
    name="Key cannot encrypt there",
    severity=Severity.ERROR,
    predicts="Access error",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the key of every destination bucket and log group."""
    names: tuple[NeedName, ...] = ("encryption-key", "log-group-key")
    for name in names:
        for delivery, need in failing(graph, name, "region", "partition", "spec"):
            place = "partition" if need.fault == "partition" else "region"
            aws = Aws("InvalidParameterException", "deploy") if need.when == "deploy" else None
            yield RULE.finding(
                delivery.flow_log.address,
                need.span,
                f"the key of {need.subject} cannot encrypt there: {need.why}",
                fix=f"give a symmetric key of the same {place}",
                evidence=need.evidence,
                aws=aws,
                fault=f"{need.subject} {need.fault}",
            )
