"""The flow log watches nothing, more than one thing, or a thing of another kind.

## Why delivery fails

A flow log watches one network interface, subnet, VPC, transit gateway, transit gateway attachment
or regional NAT gateway. Terraform stops where none or several are given; CloudFormation wants
`ResourceId` and `ResourceType`. The ID must be one of what the argument or the resource type names:
where a subnet's ID stands for a VPC's, EC2 finds no such VPC.

## How to fix

Name one resource; for several, write a flow log for each. Give a subnet as `subnet_id`, or with
`ResourceType: Subnet`.

## Source

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/flow_log>,
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html>,
<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, no_such_value
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-watched-resource",
    name="Flow log watches nothing, several things, or one of another kind",
    severity=Severity.ERROR,
    predicts="Invalid combination of arguments",
    when="deploy",
    grade="documented",
)

_ARGUMENTS = {
    "VPC": "vpc_id",
    "Subnet": "subnet_id",
    "NetworkInterface": "eni_id",
    "TransitGateway": "transit_gateway_id",
    "TransitGatewayAttachment": "transit_gateway_attachment_id",
    "RegionalNatGateway": "regional_nat_gateway_id",
}


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
    for delivery, need in failing(graph, "arguments", "another-kind", "no-such-type"):
        flow_log = delivery.flow_log
        cloudformation = flow_log.declared.language == "cloudformation"
        right = need.facts["right"]
        field = "ResourceType" if cloudformation else _ARGUMENTS.get(right, "")
        text = "InvalidParameter"
        if need.fault == "no-such-type":
            text = no_such_value(flow_log, "resource_type", need)
        fix = "name a resource that a flow log can watch"
        if right:
            fix = f"{field}: {right}" if cloudformation else f"give it as {field}"
        yield RULE.finding(
            flow_log.address,
            need.span,
            need.why,
            fix=fix,
            aws=Aws(text, "deploy"),
            fault=need.fault,
        )
