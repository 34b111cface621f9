"""What stands in a flow log where an ARN belongs, or where an ARN stands for a name.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.aws import Bucket, DeliveryStream, FlowLog, LogGroup, Resource
from validator.aws.facts import bucket_name_fault, log_group_name_fault, stream_name_fault
from validator.delivery.code import assigned, attribute_inside, inside, instead
from validator.delivery.lookup import called
from validator.delivery.names import delivery_stream_arn, log_group_arn
from validator.delivery.resolve import resource_at, targets
from validator.delivery.target import Faulty
from validator.graph.graph import Graph
from validator.graph.text import Lit, Ref, Text, text
from validator.outcomes import DeliveryType

_THINGS: dict[type[Bucket | LogGroup | DeliveryStream], str] = {
    Bucket: "bucket",
    LogGroup: "log group",
    DeliveryStream: "delivery stream",
}
_OF_TYPE: dict[DeliveryType, type[Bucket | LogGroup | DeliveryStream]] = {
    "s3": Bucket,
    "cloud-watch-logs": LogGroup,
    "kinesis-data-firehose": DeliveryStream,
}


def group_by_arn(words: Text, graph: Graph) -> str | None:
    """What to write where a log group's ARN stands for its name; None where none stands."""
    match words.pieces:
        case (Ref(target=address, attribute="arn" | "every-stream"), *_):
            resource = resource_at(graph, address)
            return resource.reference("name") if isinstance(resource, LogGroup) else ""
        case (Lit(text=first), *_) if first.startswith("arn:"):
            return ""
        case _:
            return None


def no_arn(
    words: Text, whole: Text, why: str, flow_log: FlowLog, kind: DeliveryType, graph: Graph
) -> Faulty:
    """The fault of a destination that is no ARN, with what it is instead if that can be told.

    A name may be that of a bucket and of a log group: the type of the destination says which.
    """
    for address in targets(words):
        resource = resource_at(graph, address)
        if isinstance(resource, Bucket | LogGroup | DeliveryStream):
            what = _THINGS[type(resource)]
            domain = any(isinstance(one, Ref) and one.attribute == "domain" for one in words.pieces)
            right = _with_folder(resource, words)
            return Faulty(
                "malformed",
                f"this is the {what}'s {'domain' if domain else 'name'} where its ARN belongs",
                assigned(flow_log, "destination", right),
                instead(resource, flow_log.destination.span, resource.reference("arn")),
            )
    wanted = _OF_TYPE.get(kind, Bucket)
    for thing in sorted(_THINGS, key=lambda one: one is not wanted):
        for resource in called(graph, thing, whole):
            return Faulty(
                "malformed",
                f"this is a {_THINGS[thing]}'s name where its ARN belongs",
                assigned(flow_log, "destination", resource.reference("arn")),
            )
    written = whole.literal
    if written and ":" not in written and _fault_of_name(wanted, written) is None:
        return Faulty(
            "malformed",
            f"this looks like a {_THINGS[wanted]}'s name where an ARN belongs",
            f"write {_arn(wanted, written, flow_log)}",
        )
    return Faulty("malformed", f"this is no ARN: {why}")


def _fault_of_name(thing: type[Resource], written: str) -> str | None:
    if thing is LogGroup:
        return log_group_name_fault(written)
    if thing is DeliveryStream:
        return stream_name_fault(written)
    return bucket_name_fault(written.partition("/")[0])


def _arn(thing: type[Resource], name: str, flow_log: FlowLog) -> str:
    """The ARN of what has that name where the flow log is, as the language writes it."""
    place, named = flow_log.place, text(name)
    words = text(f"arn:aws:s3:::{name}")
    if thing is LogGroup:
        words = log_group_arn(named, place.region, place.account, place)
    elif thing is DeliveryStream:
        words = delivery_stream_arn(named, place.region, place.account, place)
    language = flow_log.declared.language
    sign = "!Sub " if language == "cloudformation" and words.literal is None else ""
    return f'{sign}"{inside(words, language)}"'


def _with_folder(resource: Bucket | LogGroup | DeliveryStream, words: Text) -> str:
    """A resource's ARN as the language writes it, with the folder that follows its name."""
    match words.pieces:
        case (Ref(), Lit(text=first), *_) if first.startswith("/") and "AWSLogs" not in first:
            language = resource.declared.language
            whole = attribute_inside(resource, "arn") + inside(Text(words.pieces[1:]), language)
            return f'"{whole}"' if language == "terraform" else f'!Sub "{whole}"'
        case _:
            return resource.reference("arn")
