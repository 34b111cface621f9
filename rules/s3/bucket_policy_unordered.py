"""Nothing makes the flow log wait for the bucket policy of the same deploy.

## Why delivery fails

The flow log refers to the bucket, not to its policy, so both are created at the same time. EC2
may then look at a bucket whose policy does not admit log delivery yet, or AWS and the deploy
tool change the policy at the same moment. About one deploy in twenty-five fails so; a second try
often passes. In CloudFormation a flow log that comes first makes AWS write a policy, and
creating the template's own policy fails because there is one.

## How to fix

`depends_on = [aws_s3_bucket_policy.logs]` in the flow log, `DependsOn: LogsPolicy` in
CloudFormation.

## Source

<https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1954>,
<https://github.com/aws/aws-cdk/pull/23889>
"""

from __future__ import annotations

from validator.delivery.words import access_denied, failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policy-unordered",
    name="Flow log does not wait for the bucket policy",
    severity=Severity.WARNING,
    predicts="Access Denied for LogDestination",
    when="deploy",
    grade="confirmed",
)


def check(graph: Graph) -> Findings:
    """Look at every flow log whose bucket's policy is created beside it."""
    for delivery, need in failing(graph, "policy-order", "unordered"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the flow log does not wait for {need.facts['policy']}, {need.why}",
            fix=need.facts["fix"],
            evidence=need.evidence,
            aws=Aws(
                f"{access_denied(need.subject)} (sometimes; or OperationAborted: A conflicting "
                "conditional operation is currently in progress against this resource)",
                "deploy",
            ),
            fault=need.facts["policy"],
        )
