"""What stands in a flow log where an ARN belongs, or where an ARN stands for a name.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.aws import Bucket, DeliveryStream, FlowLog, LogGroup, Resource
from validator.aws.facts import bucket_name_fault
from validator.delivery.code import assigned, attribute_inside, inside, instead
from validator.delivery.lookup import called
from validator.delivery.resolve import resource_at, targets
from validator.delivery.target import Faulty
from validator.graph.graph import Graph
from validator.graph.text import Lit, Ref, Text

_THINGS: dict[type[Resource], str] = {
    Bucket: "bucket",
    LogGroup: "log group",
    DeliveryStream: "delivery stream",
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


def no_arn(words: Text, whole: Text, why: str, flow_log: FlowLog, graph: Graph) -> Faulty:
    """The fault of a destination that is no ARN, with what it is instead if that can be told."""
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
    for bucket in called(graph, Bucket, whole):
        return Faulty(
            "malformed",
            "this is a bucket's name where its ARN belongs",
            assigned(flow_log, "destination", bucket.reference("arn")),
        )
    written = whole.literal
    if written and bucket_name_fault(written.partition("/")[0]) is None and ":" not in written:
        return Faulty(
            "malformed",
            "this looks like a bucket's name where an ARN belongs",
            f'write "arn:aws:s3:::{written}"',
        )
    return Faulty("malformed", f"this is no ARN: {why}")


def _with_folder(resource: Bucket | LogGroup | DeliveryStream, words: Text) -> str:
    """A resource's ARN as the language writes it, with the folder that follows its name."""
    match words.pieces:
        case (Ref(), Lit(text=first), *_) if first.startswith("/") and "AWSLogs" not in first:
            language = resource.declared.language
            whole = attribute_inside(resource, "arn") + inside(Text(words.pieces[1:]), language)
            return f'"{whole}"' if language == "terraform" else f'!Sub "{whole}"'
        case _:
            return resource.reference("arn")
