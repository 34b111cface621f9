"""The argument `log_group_name` does not exist in this version of Terraform's AWS provider.

## Why delivery fails

Version 6 of the provider removed the argument, which had been deprecated since 2018. Terraform
stops before it asks AWS for anything. This is found where the lock file or a version constraint
lets in no earlier version.

## How to fix

Write `log_destination` with the log group's ARN.

## Source

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade>,
<https://github.com/hashicorp/terraform-provider-aws/pull/42333>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-group-name-removed",
    name="Argument log_group_name was removed",
    severity=Severity.ERROR,
    predicts='Unsupported argument: An argument named "log_group_name" is not expected here.',
    when="deploy",
    grade="confirmed",
)


def check(graph: Graph) -> Findings:
    """Look at flow logs that name their log group."""
    for delivery, need in failing(graph, "arguments", "log-group-name"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"there is no argument log_group_name: {need.why}",
            fix="write log_destination with the log group's ARN",
            evidence=need.evidence,
            fault="log-group-name",
        )
