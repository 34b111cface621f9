"""A flow log repeats another one.

## Why delivery fails

EC2 refuses a second flow log for the same resource with the same destination and configuration,
whether the first one is written here or exists already and you tell of it (`--existing`).

## How to fix

Remove one of the two, or let them differ (another traffic type, another folder).

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-duplicate",
    name="Two flow logs are the same",
    severity=Severity.ERROR,
    predicts="FlowLogAlreadyExists: Error. There is an existing Flow Log with the same "
    "configuration and log destination.",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every flow log that repeats an earlier one."""
    for delivery, need in failing(graph, "duplicate", "duplicate"):
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"this flow log watches and delivers the same as {need.why}",
            fix="remove one of the two",
            evidence=need.evidence,
            fault=need.why,
        )
