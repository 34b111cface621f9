"""The role is created by the same apply, with a provider that does not wait for it.

## Why delivery fails

It takes IAM some seconds until a new role can be taken on. Version 4 of Terraform's AWS provider
and later ones try again; version 3 and earlier ones do not, and creating the flow log fails now and
then. This is found where the lock file or a version constraint lets in no later version.

## How to fix

Use a later version of the provider, or let the flow log wait for a `time_sleep` that waits for the
role. Applying again works too.

## Source

<https://github.com/hashicorp/terraform-provider-aws/issues/29323>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-role-just-created",
    name="Role is created by the same apply",
    severity=Severity.INFO,
    predicts="InvalidParameter: Unable to assume given IAM role",
    when="deploy",
    grade="reported",
)


def check(graph: Graph) -> Findings:
    """Look at the roles that old providers create beside a flow log."""
    for delivery, need in failing(graph, "role", "just-created"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{need.subject} may not be ready when the flow log is created: {need.why}",
            fix="use version 4 or later of the provider",
            evidence=need.evidence,
            fault=need.subject,
        )
