"""A policy of the flow log's role is larger than IAM takes.

## Why delivery fails

IAM counts a policy's characters without white space: 2,048 for a trust policy (a quota that can
be raised to 8,192), 6,144 for a managed policy, 10,240 for all inline policies of a role
together. What is larger is refused, and the deploy stops before the flow log.

## How to fix

Use wildcards instead of long lists, or divide the statements among several managed policies.

## Source

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, severity
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="role-policy-too-large",
    name="Policy of the role is over IAM's limit",
    severity=Severity.ERROR,
    predicts="LimitExceeded: Cannot exceed quota",
    when="deploy",
    grade="documented",
)

WHAT = {
    "trust": ("the trust policy of {} has {} characters", "ACLSizePerRole: 2048"),
    "managed": ("the managed policy {} has {} characters", "PolicySize: 6144"),
    "inline": ("the inline policies of {} have {} characters together", "RolePolicySize: 10240"),
}


def check(graph: Graph) -> Findings:
    """Look at the policies of every flow log's role."""
    for fault, (words, quota) in WHAT.items():
        for delivery, need in failing(graph, "document-size", fault):
            size = words.format(need.subject, need.facts["size"])
            yield RULE.finding(
                delivery.flow_log.address,
                need.span,
                f"{size} without white space, the limit is {need.facts['limit']}",
                fix="use wildcards, or divide the statements among several managed policies",
                severity=severity(need),
                aws=Aws(f"LimitExceeded: Cannot exceed quota for {quota}", "deploy"),
                fault=f"{fault} {need.subject}",
            )
