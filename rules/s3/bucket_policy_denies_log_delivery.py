"""A Deny statement of the bucket policy catches log delivery.

## Why delivery fails

A Deny stands above every Allow. Log delivery is an AWS service: its requests carry no
`aws:PrincipalOrgID`, no `aws:SourceVpc` and no `aws:SourceVpce`, come from no address of yours,
are made by no principal of your account, and send no encryption header. A Deny with a negated
operator (`StringNotEquals`, `NotIpAddress`, `ArnNotLike`) on one of these keys matches a request
that lacks the key, also with `...IfExists`.

## How to fix

Exempt AWS services in the same statement (`"Bool": {"aws:PrincipalIsAWSService": "false"}`), or
compare a key that the request carries: `aws:SourceAccount`, `aws:SourceArn`, `aws:SourceOrgID`.
A key that AWS does not know (`aws:SourceAcount`) is in no request: write its right name.

## Source

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
"""

from __future__ import annotations

from validator.delivery.words import access_denied, corrected, failing, severity
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policy-denies-log-delivery",
    name="A Deny statement catches log delivery",
    severity=Severity.ERROR,
    predicts="Access Denied for LogDestination",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every delivery that a Deny statement stops."""
    for delivery, need in failing(graph, "bucket-policy", "denies"):
        action = need.facts["action"]
        message = f"this statement denies {action} to log delivery"
        if need.why:
            message += f" ({need.why})"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            message,
            fix=corrected(need)
            or 'add to its Condition: "Bool": {"aws:PrincipalIsAWSService": "false"}',
            evidence=need.evidence,
            severity=severity(need),
            aws=Aws(access_denied(need.subject), "deploy"),
            fault=f"{need.subject} {action}",
            edits=need.edits,
        )
