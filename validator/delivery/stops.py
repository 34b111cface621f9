"""The stops on the way of the logs, as a person would call them."""

from __future__ import annotations

import re

from validator.aws import BucketPolicy, FlowLog, Role
from validator.delivery.case import Case
from validator.delivery.key_policy import key_of
from validator.delivery.needs import Stop
from validator.delivery.permissions import Permissions
from validator.delivery.roles import role_of
from validator.delivery.target import Target, ToBucket, ToLogGroup, ToStream
from validator.graph.addresses import address
from validator.graph.text import Dangling, Hole, Ref, Text, text
from validator.graph.values import Absent, Known, Unknown, Value, hole
from validator.outcomes import DeliveryType

_WATCHED = (
    ("vpc", "VPC"),
    ("subnet", "subnet"),
    ("network_interface", "network interface"),
    ("transit_gateway", "transit gateway"),
    ("transit_gateway_attachment", "transit gateway attachment"),
    ("regional_nat_gateway", "regional NAT gateway"),
)
_TYPES = {
    "VPC": "VPC",
    "Subnet": "subnet",
    "NetworkInterface": "network interface",
    "TransitGateway": "transit gateway",
    "TransitGatewayAttachment": "transit gateway attachment",
    "RegionalNatGateway": "regional NAT gateway",
}
_WHERE: dict[DeliveryType, str] = {
    "s3": "bucket",
    "cloud-watch-logs": "log group",
    "kinesis-data-firehose": "delivery stream",
    "unknown": "destination",
}
# An attribute is called by its resource: `module.a.aws_vpc.b["c"].id`, `Vpc.VpcId`.
_ATTRIBUTE = re.compile(r"((?:^|.*\.)aws_\w+\.[\w-]+(?:\[[^\]]*\])?|^[A-Za-z0-9/]+)\.\w+")
# The key of a hole is a name, or the place of an expression that has none.
_NAME = re.compile(r'[\w.\-/\[\]"@]+')


def source_stop(flow_log: FlowLog) -> Stop:
    """What a flow log watches."""
    given: list[tuple[str, Value[Text]]] = [
        (what, value)
        for field, what in _WATCHED
        if not isinstance(value := getattr(flow_log, field), Absent)
    ]
    if not isinstance(flow_log.resource, Absent):
        kind = flow_log.resource_type
        type_ = kind.value.literal if isinstance(kind, Known) else None
        given.append((_TYPES.get(type_ or "", "resource"), flow_log.resource))
    if not given:
        return Stop("source", "resource", "", flow_log.span, f"{flow_log.address}#source")
    what, value = given[0]
    name = said(value)
    if len(given) > 1:
        what, name = "resources", ", ".join(filter(None, (said(one) for _, one in given)))
    return Stop("source", what, name, value.span, _id(flow_log.unit, what, value))


def destination_stop(flow_log: FlowLog, type_: DeliveryType, target: Target) -> Stop:
    """Where a flow log's records go; as it is written if it cannot be told."""
    what = _WHERE[type_]
    unit = flow_log.unit
    written: Value[Text] = flow_log.destination
    if isinstance(written, Absent):
        written = flow_log.log_group_name
    match target:
        case ToBucket(bucket=thing) | ToLogGroup(group=thing) | ToStream(stream=thing):
            if thing is not None:
                return Stop("destination", what, target.called, thing.span, thing.address)
            name = target.name
            if not isinstance(target, ToBucket):
                name = target.account + text(":") + target.region + text(":") + name
            identity = _identity(unit, what, name)
            return Stop("destination", what, target.called, written.span, identity)
        case _:
            return Stop("destination", what, said(written), written.span, _id(unit, what, written))


def role_stop(case: Case, given: Value[Text]) -> Stop:
    """The role that a flow log is given; as it is written if it is not at hand."""
    unit = case.flow_log.unit
    match given:
        case Absent():
            return Stop("role", "role", "", case.span, f"{case.flow_log.address}#role")
        case Known(value=words, span=span):
            role = role_of(case, words)
            if role is not None:
                return Stop("role", "role", role.name_for_people, role.span, role.address)
            known = Known(case.resolve(words), span)
            return Stop("role", "role", said(known), span, _id(unit, "role", known))
        case Unknown(span=span):
            return Stop("role", "role", said(given), span, _id(unit, "role", given))


def permissions_stop(role: Role, given: Permissions) -> Stop:
    """The policies that give a role permissions, as one stop."""
    owners = list(dict.fromkeys(one.owner for one in given.written))
    by_aws = len(given.policies) - len(given.written)
    if by_aws:
        owners.append("an AWS managed policy" if by_aws == 1 else f"{by_aws} AWS managed policies")
    name = owners[0] if owners else ""
    if len(owners) > 1:
        name += f" and {len(owners) - 1} more"
    span = given.spans[0] if given.spans else role.span
    return Stop("policy", "role policy", name, span, f"{role.address}#permissions")


def bucket_policy_stop(policy: BucketPolicy) -> Stop:
    """A bucket's policy."""
    name = policy.name_for_people
    return Stop("policy", "bucket policy", name, policy.span, policy.address)


def policy_by_aws(case: Case, target: ToBucket, *, sure: bool) -> Stop:
    """The policy of a bucket for which these files have none; AWS may be sure to write it."""
    bucket = target.bucket
    span = case.flow_log.destination.span if bucket is None else bucket.span
    owner = (
        _identity(case.flow_log.unit, "bucket", target.name) if bucket is None else bucket.address
    )
    name = "written by AWS" if sure else ""
    return Stop("policy", "bucket policy", name, span, f"{owner}#policy")


def key_stop(case: Case, unit: str, given: Value[Text]) -> Stop:
    """The key that something in a unit is encrypted with; as it is written if not at hand."""
    match given:
        case Known(value=words, span=span):
            whole = case.resolve.of(unit)(words)
            key = key_of(case, words, whole)
            if key is not None:
                return Stop("key", "key", key.name_for_people, key.span, key.address)
            known = Known(whole, span)
            return Stop("key", "key", said(known), span, _id(unit, "key", known))
        case Unknown(span=span) | Absent(span=span):
            return Stop("key", "key", said(given), span, _id(unit, "key", given))


def said(value: Value[Text]) -> str:
    """A value's text; what is one reference as a whole by the name of what it refers to."""
    match value:
        case Known(value=words):
            match words.pieces:
                case (Hole() as piece,):
                    return _called(piece)
                case (Dangling(name=name),):
                    return name
                case (Ref(target=target),):
                    return target.rpartition("#")[2]
                case _:
                    return str(words)
        case Unknown():
            return _called(hole(value))
        case Absent():
            return ""


def _called(piece: Hole) -> str:
    unit, _, name = piece.key.rpartition("#")
    if not unit or not _NAME.fullmatch(name):
        return ""
    found = _ATTRIBUTE.fullmatch(name)
    return name if found is None or name.startswith("var.") else found.group(1)


def _id(unit: str, what: str, value: Value[Text]) -> str:
    match value:
        case Known(value=words):
            return _identity(unit, what, words)
        case Unknown():
            return f"{what} {hole(value).key}"
        case Absent(span=span):
            return address(unit, f"{what} {span.file}:{span.line}:{span.column}")


def _identity(unit: str, what: str, words: Text) -> str:
    """A literal name is the same in every unit; an open one, or a key's ID, only in its own."""
    written = words.literal
    if written is not None and (what != "key" or written.startswith("arn:")):
        return f"{what} {written}"
    match words.pieces:
        case (Hole(key=key),):
            return f"{what} {key}"
        case _:
            return address(unit, f"{what} {words}")
