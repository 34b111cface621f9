"""The bucket is encrypted with the key that AWS manages for S3.

## Why delivery fails

`aws:kms` without a key, or with `alias/aws/s3`, means the AWS managed key of the writer's account.
Its policy cannot be changed and admits no AWS service from outside the account, so log delivery
cannot encrypt what it writes.

## How to fix

Name a customer managed key by its ARN and let `delivery.logs.amazonaws.com` use it, or use
`AES256`, which needs nothing.

## Source

<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-key-managed-by-aws",
    name="Bucket is encrypted with the key that AWS manages",
    severity=Severity.ERROR,
    predicts="LogDestination BUCKET is undeliverable",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every destination bucket under aws:kms without a key of its own."""
    for delivery, need in failing(graph, "encryption-key", "aws-managed"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"bucket {need.subject} is encrypted with the AWS managed key, "
            f"which log delivery cannot use: {need.why}",
            fix="name a customer managed key by its ARN, or use AES256",
            evidence=need.evidence,
            aws=Aws(f"LogDestination {need.subject} is undeliverable", "delivery"),
            fault=need.subject,
        )
