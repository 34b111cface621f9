"""The bucket wants whoever writes to it to pay.

## Why delivery fails

AWS does not say whether flow logs reach a bucket with Requester Pays. Its other log sources do not:
server access logs and CloudTrail cannot be delivered to such a bucket.

## How to fix

Let the owner pay: `payer = "BucketOwner"`.

## Source

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-requester-pays",
    name="Bucket with Requester Pays",
    severity=Severity.INFO,
    predicts="Access error",
    when="delivery",
    grade="inferred",
)


def check(graph: Graph) -> Findings:
    """Look at who pays for every destination bucket."""
    for delivery, need in failing(graph, "destination", "requester-pays"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"bucket {need.subject} has Requester Pays; AWS does not say whether it takes flow "
            "logs",
            fix='write "BucketOwner", or leave it out',
            fault=need.subject,
        )
