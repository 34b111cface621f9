"""The bucket's default encryption names its key by an ID or an alias.

## Why delivery fails

S3 looks an ID or an alias up in the account of whoever writes, and log delivery writes from an
account of AWS, where there is no such key. S3 does not check the key when the encryption is
configured, so the deploy passes and delivery fails. The Terraform argument is called
`kms_master_key_id` but needs an ARN all the same.

## How to fix

Give the key's ARN: `aws_kms_key.logs.arn`, `!GetAtt Key.Arn`. In CloudFormation `!Ref` of a key
gives its ID.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>,
<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-key-id-not-arn",
    name="Bucket encryption names its key by ID or alias, not by ARN",
    severity=Severity.ERROR,
    predicts="LogDestination BUCKET is undeliverable",
    when="delivery",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every destination bucket whose key is no ARN."""
    for delivery, need in failing(graph, "encryption-key", "key-id", "alias"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the key of bucket {need.subject} must be given by its ARN: {need.why}",
            fix=need.facts.get("fix") or "give the key's ARN",
            evidence=need.evidence,
            aws=Aws(f"LogDestination {need.subject} is undeliverable", "delivery"),
            fault=need.subject,
            edits=need.edits,
        )
