"""The flow log's destination options are incomplete or do not apply.

## Why delivery fails

File format and partitions are options of a delivery to S3; CloudWatch Logs and Data Firehose get
plain text. The file format is `plain-text` or `parquet`. CloudFormation wants all three options if
one is given and refuses the resource otherwise. Options beside another type are a warning: AWS
documents them for S3 only, but not what becomes of them.

## How to fix

Give `FileFormat`, `HiveCompatiblePartitions` and `PerHourPartition`, or leave all of them out.

## Source

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-flowlog-destinationoptions.html>,
<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.delivery.words import failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="flow-log-destination-options",
    name="Destination options are incomplete or do not apply",
    severity=Severity.ERROR,
    predicts="#/DestinationOptions: required key",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the options of every flow log."""
    for delivery, need in failing(graph, "arguments", "options"):
        lacking = need.facts.get("lacking", "")
        field = delivery.flow_log.spelled("options")
        aws = Aws(f"#/{field}: required key [{lacking}] not found", "deploy") if lacking else None
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{field}: {need.why}",
            fix=f"add {lacking}" if lacking else f"remove {field}",
            severity=None if lacking else Severity.WARNING,
            aws=aws or Aws("InvalidParameter", "deploy"),
            fault=lacking,
        )
    for delivery, need in failing(graph, "arguments", "file-format"):
        written = need.facts["written"]
        field = delivery.flow_log.spelled("file_format")
        text = f'expected {field} to be one of ["plain-text" "parquet"], got {written}'
        if delivery.flow_log.declared.language == "cloudformation":
            text = f"#/DestinationOptions/{field}: {written} is not a valid enum value"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"{field}: {need.why}",
            fix="write plain-text or parquet",
            aws=Aws(text, "deploy"),
            fault="file-format",
        )
