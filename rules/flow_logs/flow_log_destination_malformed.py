"""The destination of a flow log cannot be the ARN of a destination.

## Why delivery fails

`LogDestination` takes an ARN: `arn:aws:s3:::BUCKET` or `arn:aws:s3:::BUCKET/FOLDER` for S3,
`arn:aws:logs:REGION:ACCOUNT:log-group:NAME` for CloudWatch Logs,
`arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME` for Data Firehose, and of the service that
`LogDestinationType` names, which is CloudWatch Logs if it is left out. A log group may be given by
its name instead, beside that type only. A bucket's name, an ARN of another service or partition, a
name that no bucket can have, or the reserved folder `AWSLogs` is refused when the flow log is
created. A type that does not exist (`S3`, `cloudwatch`) is refused by Terraform's provider and by
CloudFormation.

## How to fix

Refer to the ARN attribute of the resource (`aws_s3_bucket.logs.arn`, `!GetAtt Logs.Arn`) instead of
its name or its ID, and name the matching destination type.

## Source

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>,
<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
"""

from __future__ import annotations

from validator.delivery.words import failing, no_such_value, not_found
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph
from validator.graph.values import Absent

RULE = Rule(
    id="flow-log-destination-malformed",
    name="Flow log's destination is not the ARN of a destination",
    severity=Severity.ERROR,
    predicts="LogDestinationNotFoundException",
    when="deploy",
    grade="documented",
)

BY_NAME = "InvalidParameter"
NO_ROLE = "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs."
BESIDE_TYPE = "LogDestination type must be cloud-watch-logs if LogGroupName is provided."
BESIDE_DESTINATION = "log_group_name: conflicts with log_destination"


def check(graph: Graph) -> Findings:
    """Look at every destination that cannot be one."""
    for delivery, need in failing(graph, "destination", "malformed", "service"):
        name = delivery.delivered.destination
        by_name = isinstance(delivery.flow_log.destination, Absent)
        said = BY_NAME if by_name else not_found(name)
        if need.fault == "service":
            # What EC2 says of a type and an ARN that do not fit is known for one case only.
            logs = delivery.type == "cloud-watch-logs"
            said = NO_ROLE if logs and isinstance(delivery.flow_log.role_arn, Absent) else BY_NAME
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix=need.facts["fix"] or None,
            evidence=need.evidence,
            aws=Aws(said, "deploy"),
            fault="malformed",
            edits=need.edits,
        )
    for delivery, need in failing(graph, "destination", "group-name", "two-destinations"):
        said = BESIDE_TYPE if need.fault == "group-name" else BESIDE_DESTINATION
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            need.why,
            fix=need.facts["fix"] or None,
            evidence=need.evidence,
            aws=Aws(said, "deploy"),
            fault="group-name",
        )
    for delivery, need in failing(graph, "destination", "type"):
        flow_log = delivery.flow_log
        right = need.facts["fix"] or "s3, cloud-watch-logs or kinesis-data-firehose"
        yield RULE.finding(
            flow_log.address,
            need.span,
            need.why,
            fix=f"write {right}",
            evidence=need.evidence,
            aws=Aws(no_such_value(flow_log, "destination_type", need), "deploy"),
            fault="type",
            edits=need.edits,
        )
