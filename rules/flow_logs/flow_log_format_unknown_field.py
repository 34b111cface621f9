"""The log format names a field that AWS does not document for this resource.

## Why delivery fails

EC2 refuses a format with a field that it does not know, and one that belongs to another kind of
resource (a `tgw-` field on a VPC's flow log). AWS adds fields about once a year, so this is a
warning.

## How to fix

Correct the field's name. In a Terraform string the fields are written with two dollar signs,
`$${vpc-id}`; in `Fn::Sub` with an exclamation mark, `${!vpc-id}`.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-format-unknown-field",
    name="Log format names an unknown field",
    severity=Severity.WARNING,
    predicts="Unknown fields provided",
    when="deploy",
    grade="reported",
)


def check(graph: Graph) -> Findings:
    """Look at every flow log's format."""
    for delivery, need in failing(graph, "arguments", "format"):
        near = need.facts["near"]
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix=f"did you mean {near}?" if near else None,
            fault=need.why,
        )
