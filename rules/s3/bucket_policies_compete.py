"""Two policy resources write the policy of one bucket.

## Why delivery fails

A bucket has one policy. Each of two resources replaces the whole document, so whichever is applied
last wins, and the next apply turns it round. Delivery works or stops by turns if only one of them
admits log delivery.

## How to fix

Put all statements into one policy resource: in Terraform with
`source_policy_documents` of `aws_iam_policy_document`.

## Source

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_policy>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policies-compete",
    name="Two resources write one bucket's policy",
    severity=Severity.WARNING,
    predicts="Access error",
    when="next-apply",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every destination bucket with more than one policy."""
    for delivery, need in failing(graph, "policy-order", "compete"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the policy of bucket {need.subject} is also written by {need.facts['policy']}",
            fix="write all statements in one policy resource",
            evidence=need.evidence,
            aws=Aws("Access error", "next-apply"),
            fault=need.subject,
        )
