"""Another bucket is declared with the name of the destination.

## Why delivery fails

In a partition of AWS there is one bucket of a name, whoever owns it. Of two that are declared, the
second one cannot be created (`BucketAlreadyOwnedByYou`, or `BucketAlreadyExists` if the first
belongs to another account), and a flow log that waits for it is not created either.

Two buckets of one module or stack surely meet. Of two modules or stacks no file says whether both
are deployed, so that is a note, and is only said where both name the account they are for.

## How to fix

Give each bucket a name of its own, with the environment or the account in it.

## Source

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>,
<https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, severity
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-name-taken",
    name="Two buckets have one name",
    severity=Severity.WARNING,
    predicts="BucketAlreadyOwnedByYou",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the name of every destination bucket that is created here."""
    for delivery, need in failing(graph, "destination", "name-taken"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix="give each bucket a name of its own",
            evidence=need.evidence,
            severity=severity(need),
            aws=Aws(need.facts["aws"], "deploy"),
            fault=need.subject,
        )
