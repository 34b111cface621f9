"""A flow log delivers to an S3 bucket that nothing in these files creates.

## Why delivery fails

EC2 looks the bucket up when it creates the flow log. If it is not there, the deploy stops. The
files cannot say whether somebody else created it, so this is a warning; with a bucket here whose
name differs by a slip, the report points at it.

## How to fix

Refer to the bucket resource instead of writing its ARN out, so that the name cannot drift and the
bucket is created first. If another part of the repository creates it, give that folder or template
in the same run.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, not_found
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-bucket-missing",
    name="Flow log points at a bucket that nothing here creates",
    severity=Severity.WARNING,
    predicts="LogDestinationNotFoundException",
    when="deploy",
    grade="confirmed",
)


def check(graph: Graph) -> Findings:
    """Look at every delivery to a literal bucket that no file creates."""
    for delivery, need in failing(graph, "destination", "no-bucket"):
        near = [one.note for one in need.evidence if one.note.startswith("this bucket is ")]
        message = f"nothing in these files creates bucket {need.subject}"
        if near:
            message += f"; did you mean {near[0].removeprefix('this bucket is ')}?"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            message,
            fix="refer to the bucket's ARN attribute, give the files that create it in the same "
            "run, or tell of it with --existing FILE",
            evidence=need.evidence,
            aws=Aws(not_found(need.subject), "deploy"),
            fault=need.subject,
        )
