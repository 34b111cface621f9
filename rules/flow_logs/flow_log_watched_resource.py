"""The flow log watches nothing, or more than one thing.

## Why delivery fails

A flow log watches one network interface, subnet, VPC, transit gateway, transit gateway attachment
or regional NAT gateway. Terraform stops where none or several are given; CloudFormation wants
`ResourceId` and `ResourceType`.

## How to fix

Name one resource; for several, write a flow log for each.

## Source

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/flow_log>,
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-watched-resource",
    name="Flow log watches nothing, or several things",
    severity=Severity.ERROR,
    predicts="Invalid combination of arguments",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at what every flow log watches."""
    for delivery, need in failing(graph, "arguments", "watches-nothing", "watches-several"):
        field = need.facts["field"]
        text = RULE.predicts
        if delivery.flow_log.declared.language == "cloudformation":
            text = f"#: required key [{field}] not found"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"a flow log watches exactly one resource: {need.why}",
            fix=f"add {field}" if field else "write a flow log for each",
            aws=Aws(text, "deploy"),
            fault=need.fault,
        )
