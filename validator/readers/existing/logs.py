"""Log groups, delivery streams, organisations and flow logs that exist."""

from __future__ import annotations

from decimal import Decimal

from validator.graph.text import text
from validator.graph.values import Entry, Fields, Node
from validator.graph.world import Declared
from validator.readers.existing.making import NONE, Making, last_part
from validator.readers.loose import Table, rows, table, words

_WATCHED = {
    "vpc-": "vpc_id",
    "subnet-": "subnet_id",
    "eni-": "eni_id",
    "tgw-attach-": "transit_gateway_attachment_id",
    "tgw-": "transit_gateway_id",
    "nat-": "regional_nat_gateway_id",
}
"""What an ID begins with, and the argument of a flow log that takes it."""

SOURCES = ("DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource")
_ARGUMENTS = {
    "log_destination": "LogDestination",
    "log_destination_type": "LogDestinationType",
    "log_group_name": "LogGroupName",
    "iam_role_arn": "DeliverLogsPermissionArn",
    "deliver_cross_account_role": "DeliverCrossAccountRole",
    "traffic_type": "TrafficType",
    "log_format": "LogFormat",
}


def log_group(making: Making) -> list[Declared]:
    """A log group."""
    return [_group(making, making.told("log-group"), making.told("kms-key"))]


def log_groups(making: Making) -> list[Declared]:
    """Every log group that `aws logs describe-log-groups` prints."""
    printed = making.folder.rows(
        making.told("log-groups"), "aws logs describe-log-groups", "logGroups"
    )
    return [
        _group(
            making,
            words(one.get("arn")) or words(one.get("logGroupName")),
            words(one.get("kmsKeyId")),
            words(one.get("logGroupClass")),
        )
        for one in printed
    ]


def _group(making: Making, told: str, key: str, log_class: str = "") -> Declared:
    name = last_part(told).removeprefix("log-group:").removesuffix(":*")
    own: dict[str, Node] = {"name": making.word(name)}
    if key not in ("", NONE):
        own["kms_key_id"] = making.word(key)
    if log_class:
        own["log_group_class"] = making.word(log_class)
    return making.resource("aws_cloudwatch_log_group", f"log group {name}", own, arn=told)


def stream(making: Making) -> list[Declared]:
    """A delivery stream with its source and its tags."""
    told = making.told("stream")
    of = f"stream {told}"
    name = last_part(told).removeprefix("deliverystream/")
    own: dict[str, Node] = {"name": making.word(name), "tags_all": _tags(making, of)}
    match _source(making):
        case "DirectPut":
            pass
        case "":
            own["kinesis_source_configuration"] = making.unknown("source", of)
        case "MSKAsSource":
            own["msk_source_configuration"] = making.block()
        case _:
            own["kinesis_source_configuration"] = making.block()
    return [making.resource("aws_kinesis_firehose_delivery_stream", of, own, arn=told)]


def _source(making: Making) -> str:
    """The type of a stream's source, empty if it is not told."""
    told = making.told("source")
    if told in ("", *SOURCES):
        return told
    command = "aws firehose describe-delivery-stream"
    printed = making.folder.table(told, command, "DeliveryStreamDescription")
    return words(printed.get("DeliveryStreamType"))


def _tags(making: Making, of: str) -> Node:
    told = making.given.get("tags")
    if told is None:
        return making.unknown("tags", of)
    pairs: Table = table(told)
    if isinstance(told, str):
        printed = making.folder.rows(told, "aws firehose list-tags-for-delivery-stream", "Tags")
        pairs = {words(one.get("Key")): one.get("Value") for one in printed}
    entries = (
        Entry(text(key), making.word(words(value)), making.span) for key, value in pairs.items()
    )
    return making.known(Fields(tuple(entries)))


def organization(making: Making) -> list[Declared]:
    """An organisation, and which accounts belong to it."""
    accounts = rows(making.given.get("accounts"))
    own: dict[str, Node] = {
        "id": making.word(making.told("organization")),
        # No account in particular: every one that is deployed to.
        "accounts": making.items([making.word(making.account_id(words(one))) for one in accounts]),
    }
    if making.told("path"):
        own["path"] = making.word(making.told("path"))
    name = f"organization {making.told('organization')} (line {making.span.line})"
    return [making.resource("aws_organizations_organization", name, own, managed=False)]


def flow_logs(making: Making) -> list[Declared]:
    """Every flow log that `aws ec2 describe-flow-logs` prints."""
    printed = making.folder.rows(making.told("flow-logs"), "aws ec2 describe-flow-logs", "FlowLogs")
    return [found for one in printed if (found := _flow_log(making, one)) is not None]


def _flow_log(making: Making, one: Table) -> Declared | None:
    watched = words(one.get("ResourceId"))
    argument = next((name for start, name in _WATCHED.items() if watched.startswith(start)), "")
    if not argument:
        return None
    own: dict[str, Node] = {argument: making.word(watched)}
    for name, key in _ARGUMENTS.items():
        if words(one.get(key)):
            own[name] = making.word(words(one.get(key)))
    interval = one.get("MaxAggregationInterval")
    if isinstance(interval, int):
        own["max_aggregation_interval"] = making.known(Decimal(interval))
    options = table(one.get("DestinationOptions"))
    if options:
        own["destination_options"] = making.block(
            hive_compatible_partitions=making.known(
                options.get("HiveCompatiblePartitions") is True
            ),
            per_hour_partition=making.known(options.get("PerHourPartition") is True),
        )
    if making.given.get("created-elsewhere") is True:
        own["created_elsewhere"] = making.known(True)
    name = words(one.get("FlowLogId")) or f"a flow log of {watched}"
    return making.resource("aws_flow_log", name, own, managed=False)
