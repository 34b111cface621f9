"""S3 does not take the default encryption of the bucket.

## Why delivery fails

The algorithm is `AES256`, `aws:kms` or `aws:kms:dsse`, and a key may be given with the latter two
only. S3 refuses anything else, and the deploy stops there.

## How to fix

Write `aws:kms` if the key is meant, or leave the key out. In Terraform a key that depends on a
variable can be `null`.

## Source

<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-encryption-refused",
    name="Default encryption that S3 refuses",
    severity=Severity.ERROR,
    predicts="InvalidArgument",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the default encryption of every destination bucket."""
    for delivery, need in failing(graph, "encryption-key", "refused"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"S3 refuses the encryption of bucket {need.subject}: {need.why}",
            fix=f"write {need.facts['near']} as the algorithm",
            fault=need.subject,
        )
