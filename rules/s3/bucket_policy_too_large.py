"""A bucket policy is larger than S3 takes.

## Why delivery fails

A bucket policy may have 20 KB (20,480 bytes). S3 does not count white space and, as measured
near the limit, stores a little less than the minified text (a factor of about 0.87), so a policy
just above the limit is reported as a warning, and one that stays above it after that factor as
an error. A policy that S3 refuses lets nobody in, and AWS cannot add its own statements to a
full one.

## How to fix

Grant log delivery the whole bucket in one statement (`arn:aws:s3:::BUCKET/*`), use wildcards or
`aws:SourceOrgID` instead of one statement for each account, or spread the flow logs over buckets.

## Source

<https://docs.aws.amazon.com/general/latest/gr/s3.html>,
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>
"""

from __future__ import annotations

from validator.aws.facts import BUCKET_POLICY_BYTES
from validator.delivery.words import failing, severity
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policy-too-large",
    name="Bucket policy is over 20 KB",
    severity=Severity.ERROR,
    predicts="LogDestinationPermissionIssueException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every bucket policy that a delivery depends on."""
    for delivery, need in failing(graph, "policy-size", "too-large"):
        size = int(need.facts["bytes"])
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the policy of bucket {need.subject} has {size:,} bytes without white space, "
            f"the limit is {BUCKET_POLICY_BYTES:,}",
            fix="grant log delivery the whole bucket in one statement, or use fewer statements",
            severity=severity(need),
            aws=Aws(
                "PolicyTooLarge: Policy exceeds the maximum allowed document size "
                "(or LogDestinationPermissionIssueException)",
                "deploy",
            ),
            fault=need.subject,
        )
