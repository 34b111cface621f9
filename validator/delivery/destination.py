"""A flow log's destination, read.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.aws import Bucket, DeliveryStream, FlowLog, LogGroup
from validator.aws.arn import Arn, MaybeArn, NotAnArn, parse_arn, split
from validator.aws.facts import bucket_characters_fault, bucket_name_fault
from validator.aws.fields import literal
from validator.aws.partitions import PARTITIONS
from validator.delivery.code import assigned, instead_of
from validator.delivery.lookup import called, dangling_in, find, open_piece, there
from validator.delivery.no_arn import group_by_arn, no_arn
from validator.delivery.resolve import Resolver, targets
from validator.delivery.target import Faulty, Target, ToBucket, ToLogGroup, ToStream, Unsettled
from validator.findings import Edit
from validator.graph.graph import Graph
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Piece, Ref, Symbol, Text, text
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Open, open_of
from validator.near import get_close_matches
from validator.outcomes import DeliveryType

_SERVICE = {"s3": "s3", "cloud-watch-logs": "logs", "kinesis-data-firehose": "firehose"}
_TYPE_OF_SERVICE: dict[str, DeliveryType] = {
    "s3": "s3",
    "logs": "cloud-watch-logs",
    "firehose": "kinesis-data-firehose",
}


def delivery_type(flow_log: FlowLog) -> DeliveryType:
    """The destination type; CloudWatch Logs if none is written."""
    match flow_log.destination_type:
        case Absent():
            return "cloud-watch-logs"
        case Known() as known:
            written = literal(known)
            for name in _TYPE_OF_SERVICE.values():
                if written == name:
                    return name
            return "unknown"
        case Unknown():
            return "unknown"


def target_of(flow_log: FlowLog, graph: Graph, resolve: Resolver) -> Target:
    """Where the flow log delivers to."""
    kind = delivery_type(flow_log)
    if kind == "unknown" and (odd := literal(flow_log.destination_type)) is not None:
        near = get_close_matches(odd.lower(), _TYPE_OF_SERVICE.values(), 1, cutoff=0.4)
        right = near[0] if near else _TYPE_OF_SERVICE.get(odd.lower(), "")
        edits = _spelled(odd, right, flow_log.destination_type.span)
        return Faulty("type", f"there is no destination type {odd}", right, edits, odd)
    match flow_log.destination:
        case Unknown() as unknown:
            return Unsettled((open_of(unknown),))
        case Absent():
            return _by_group_name(flow_log, kind, graph, resolve)
        case Known(value=words, span=span):
            return _by_destination(words, span, flow_log, kind, graph, resolve)


def _spelled(odd: str, right: str, span: Span) -> tuple[Edit, ...]:
    """The right spelling, where nothing but case and signs differ: `S3`, `CloudWatchLogs`."""
    if "".join(filter(str.isalnum, odd)).lower() != right.replace("-", ""):
        return ()
    return instead_of(span, odd, right)


def _by_group_name(flow_log: FlowLog, kind: str, graph: Graph, resolve: Resolver) -> Target:
    match flow_log.log_group_name:
        case Unknown() as unknown:
            return Unsettled((open_of(unknown),))
        case Absent():
            if kind == "unknown":
                return _open_type(flow_log)
            return Faulty("missing", "neither a destination nor a log group is given")
        case Known(value=words, span=span):
            if (dangling := dangling_in(words)) is not None:
                return Faulty("undeclared", dangling.why)
            if kind != "cloud-watch-logs":
                if kind == "unknown":
                    return _open_type(flow_log)
                return Faulty("group-name", f"a log group's name is given beside type {kind}")
            if (hole := _whole_hole(words)) is not None:
                return Unsettled((open_piece(hole, span),))
            if (group := group_by_arn(words, graph)) is not None:
                why = "this is the log group's ARN where its name belongs"
                fix = assigned(flow_log, "log_group_name", group) if group else ""
                return Faulty("malformed", why, fix)
            place = flow_log.place
            return _log_group(words, resolve(words), place.region, place.account, graph, resolve)


def _open_type(flow_log: FlowLog) -> Unsettled:
    match flow_log.destination_type:
        case Unknown() as unknown:
            return Unsettled((open_of(unknown),))
        case other:
            return Unsettled((Open("the destination type is not settled", "", other.span),))


def _by_destination(
    words: Text, span: Span, flow_log: FlowLog, kind: DeliveryType, graph: Graph, resolve: Resolver
) -> Target:
    if (dangling := dangling_in(words)) is not None:
        return Faulty("undeclared", dangling.why)
    whole = resolve(words)
    if (dangling := dangling_in(whole)) is not None:
        return Faulty("undeclared", dangling.why)
    match parse_arn(whole):
        case MaybeArn(piece=piece):
            return Unsettled((open_piece(piece, span),))
        case NotAnArn(why=why):
            return no_arn(words, whole, why, flow_log, kind, graph)
        case Arn() as arn:
            return _by_arn(words, arn, flow_log, kind, graph, resolve)


def _by_arn(
    words: Text, arn: Arn, flow_log: FlowLog, kind: DeliveryType, graph: Graph, resolve: Resolver
) -> Target:
    partition = arn.partition.literal
    if partition is not None and partition not in PARTITIONS:
        return Faulty("malformed", f"there is no partition {partition or '(empty)'}")
    service = arn.service.literal
    if service is None:
        return Unsettled((_first_open(arn.service, flow_log.destination.span),))
    if service not in _TYPE_OF_SERVICE:
        return Faulty(
            "malformed", f"flow logs cannot be delivered to service {service or '(empty)'}"
        )
    if kind == "unknown":
        return _open_type(flow_log)
    if service != _SERVICE[kind]:
        given = isinstance(flow_log.destination_type, Absent)
        lead = f"no type is given, so it is {kind}" if given else f"the type is {kind}"
        return Faulty(
            "service",
            f"{lead}, but the destination is an ARN of {service}",
            assigned(flow_log, "destination_type", f'"{_TYPE_OF_SERVICE[service]}"'),
        )
    match service:
        case "s3":
            return _bucket(words, flow_log.destination.span, arn, graph, resolve)
        case "logs":
            return _group_of_arn(words, arn, flow_log, graph, resolve)
        case _:
            return _stream(words, arn, flow_log, graph, resolve)


def _bucket(words: Text, span: Span, arn: Arn, graph: Graph, resolve: Resolver) -> Target:
    if arn.region.pieces or arn.account.pieces:
        return Faulty("malformed", "a bucket's ARN has no region and no account")
    name, *folders = split(arn.resource, "/", 1)
    folder = _trimmed(folders[0]) if folders else Text(())
    written = name.literal
    fault = bucket_name_fault(written) if written is not None else _odd_characters(name)
    if fault is not None:
        return Faulty("malformed", fault)
    top = split(folder, "/", 1)[0].literal if folder.pieces else None
    if top == "AWSLogs":
        return Faulty("malformed", "AWSLogs is reserved and cannot be the folder")
    for address in targets(words):
        if (bucket := graph.get(address, Bucket)) is not None:
            return ToBucket(name, folder, bucket)
    if (piece := _whole_hole(name)) is not None:
        return Unsettled((open_piece(piece, span),))
    found, perhaps = find(graph, Bucket, name, resolve)
    return ToBucket(name, folder, found, perhaps)


def _odd_characters(name: Text) -> str | None:
    for piece in name.pieces:
        if isinstance(piece, Lit) and (fault := bucket_characters_fault(piece.text)) is not None:
            return fault
    return None


def _trimmed(folder: Text) -> Text:
    parts = [part for part in split(folder, "/") if part.pieces]
    whole = Text(())
    for index, part in enumerate(parts):
        whole = whole + text("/") + part if index else part
    return whole


def _group_of_arn(
    words: Text, arn: Arn, flow_log: FlowLog, graph: Graph, resolve: Resolver
) -> Target:
    head, *rest = split(arn.resource, ":", 1)
    if head.literal is None:
        return Unsettled((_first_open(head, flow_log.destination.span),))
    if head.literal != "log-group" or not rest or not rest[0].pieces:
        return Faulty("malformed", "a log group's ARN ends in log-group:NAME")
    name, *tail = split(rest[0], ":", 1)
    if tail and tail[0].literal not in ("*", None):
        return Faulty("malformed", "this is the ARN of a log stream, not of a log group")
    return _log_group(words, name, arn.region, arn.account, graph, resolve)


def _log_group(
    words: Text, name: Text, region: Text, account: Text, graph: Graph, resolve: Resolver
) -> Target:
    for address in targets(words):
        if (group := graph.get(address, LogGroup)) is not None:
            return ToLogGroup(name, region, account, group)
    found, perhaps = find(graph, LogGroup, name, resolve, region, account)
    return ToLogGroup(name, region, account, found, perhaps)


def _stream(words: Text, arn: Arn, flow_log: FlowLog, graph: Graph, resolve: Resolver) -> Target:
    head, *rest = split(arn.resource, "/", 1)
    if head.literal is None:
        return Unsettled((_first_open(head, flow_log.destination.span),))
    if head.literal != "deliverystream" or not rest or not rest[0].pieces:
        return Faulty("malformed", "a delivery stream's ARN ends in deliverystream/NAME")
    for address in targets(words):
        if (stream := graph.get(address, DeliveryStream)) is not None:
            return ToStream(rest[0], arn.region, arn.account, stream)
    streams = there(called(graph, DeliveryStream, rest[0]), resolve, arn.region, arn.account)
    return ToStream(rest[0], arn.region, arn.account, streams[0] if len(streams) == 1 else None)


def _whole_hole(words: Text) -> Piece | None:
    return words.pieces[0] if len(words.pieces) == 1 and isinstance(words.pieces[0], Hole) else None


def _first_open(words: Text, span: Span) -> Open:
    for piece in words.pieces:
        if isinstance(piece, Hole | Ref | Symbol):
            return open_piece(piece, span)
    return Open("a part of this ARN is not settled", "", span)
