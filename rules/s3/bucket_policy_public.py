"""The bucket blocks public policies, and its policy is public.

## Why delivery fails

A statement that allows everybody something, without a condition on who that is, makes the policy
public. A bucket that blocks public policies refuses the whole document, log delivery's statements
included.

## How to fix

Name the service, `{"Service": "delivery.logs.amazonaws.com"}`, or add a condition on a fixed
account, ARN, organisation or address range.

## Source

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policy-public",
    name="Public policy on a bucket that blocks it",
    severity=Severity.ERROR,
    predicts="AccessDenied: public policies are blocked by the BlockPublicPolicy block public "
    "access setting",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the policy of every destination bucket that blocks public policies."""
    for delivery, need in failing(graph, "bucket-policy", "public"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this statement makes the policy of bucket {need.subject} public, which is blocked",
            fix='write "Principal": {"Service": "delivery.logs.amazonaws.com"}',
            evidence=need.evidence,
            fault=need.subject,
        )
