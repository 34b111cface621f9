"""The tags that a flow log's format names are not told, or not as AWS takes them.

## Why delivery fails

The fields `instance-tag`, `interface-tag` and `asg-tag`, and their second ones with `-2`, hold the
values of tags. Which tags, `TagFieldSpecifications` must say: one to three of them, each for
`instance`, `network-interface` or `auto-scaling-group`, with one or two keys of 1 to 128
characters. CloudFormation refuses any others; a format with tags and no specifications fails.

## How to fix

Write `TagFieldSpecifications`, or leave the fields out. Terraform's provider has no argument for
them.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>,
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-tag-fields",
    name="Tags in the format are not told right",
    severity=Severity.ERROR,
    predicts="InvalidParameter",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the tags that every flow log's format needs."""
    for delivery, need in failing(graph, "arguments", "tag-fields"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"the tags of this flow log's format cannot be told: {need.why}",
            severity=severity(need),
            fault=need.why,
        )
