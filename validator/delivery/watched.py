"""What a flow log watches.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from validator.aws import FlowLog
from validator.aws.monitored import RESOURCE_TYPES, kind_of_declared, kind_of_id
from validator.delivery.case import Case
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.needs import Need, State, missing
from validator.graph.text import Hole, Lit, Text, text
from validator.graph.values import Absent, Known, Unknown, Value, hole
from validator.graph.world import Place
from validator.near import get_close_matches
from validator.policy.question import Pattern
from validator.records import replace

Monitored = Literal["vpc", "transit-gateway", "regional-nat-gateway"]

_TYPES: dict[str, Monitored] = {
    "VPC": "vpc",
    "Subnet": "vpc",
    "NetworkInterface": "vpc",
    "TransitGateway": "transit-gateway",
    "TransitGatewayAttachment": "transit-gateway",
    "RegionalNatGateway": "regional-nat-gateway",
}


def monitored(flow_log: FlowLog) -> Monitored | None:
    """What the flow log watches; subnets and interfaces count as their VPC. None if it is open."""
    match flow_log.resource_type:
        case Known(value=Text() as kind):
            return None if kind.literal is None else _TYPES.get(kind.literal)
        case Unknown():
            return None
        case Absent():
            pass
    fields: tuple[tuple[object, Monitored], ...] = (
        (flow_log.transit_gateway, "transit-gateway"),
        (flow_log.transit_gateway_attachment, "transit-gateway"),
        (flow_log.regional_nat_gateway, "regional-nat-gateway"),
        (flow_log.vpc, "vpc"),
        (flow_log.subnet, "vpc"),
        (flow_log.network_interface, "vpc"),
    )
    # Exactly one of them is given, so an open value that stands alone is the one.
    given: list[Monitored] = [kind for value, kind in fields if not isinstance(value, Absent)]
    return given[0] if len(given) == 1 else None


_ARN_OF = {
    "VPC": "vpc",
    "Subnet": "subnet",
    "NetworkInterface": "network-interface",
    "TransitGateway": "transit-gateway",
    "TransitGatewayAttachment": "transit-gateway-attachment",
}


def watched_arns(flow_log: FlowLog, place: Place) -> tuple[Pattern | None, ...]:
    """The ways in which a template may write the ARN of what the flow log watches.

    One ARN of its ID, and the resource's own attribute; None if it is open what is watched.
    <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html>
    """
    kind = flow_log.resource_type
    given: tuple[tuple[Value[Text], str], ...] = (
        (flow_log.vpc, "vpc"),
        (flow_log.subnet, "subnet"),
        (flow_log.network_interface, "network-interface"),
        (flow_log.transit_gateway, "transit-gateway"),
        (flow_log.transit_gateway_attachment, "transit-gateway-attachment"),
    )
    if isinstance(kind, Known):
        given = ((flow_log.resource, _ARN_OF.get(kind.value.literal or "", "")),)
    for value, what in given:
        if isinstance(value, Absent) or not what:
            continue
        identity = value.value if isinstance(value, Known) else Text((hole(value),))
        head = text("arn:") + place.partition + text(":ec2:") + place.region + text(":")
        whole = head + place.account + text(f":{what}/") + identity
        match identity.pieces:
            case (Hole(key=key, why=why) as piece,) if key.endswith(".id"):
                name = key.rpartition("#")[2]
                own = f"{name.removesuffix('.id')}.arn"
                arn = f"{key.removesuffix('.id')}.arn"
                its = Hole(arn, why.replace(name, own), piece.supply)
                return (whole.pieces, (its,))
            case _:
                return (whole.pieces,)
    return (None,)


def watched_needs(case: Case) -> Iterator[Need]:
    """Exactly one thing must be watched.

    Terraform's provider counts before it asks AWS, at the plan what is known then, at the apply
    the rest.
    <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/flow_log>
    """
    flow_log = case.flow_log
    if flow_log.declared.language == "cloudformation":
        for name, value in (
            ("resource", flow_log.resource),
            ("resource_type", flow_log.resource_type),
        ):
            if isinstance(value, Absent):
                field = flow_log.spelled(name)
                yield _need(case, "watches-nothing", f"it has no {field}", field)
        yield from _another_kind(case)
        return
    given = [value for value in _ways(flow_log).values() if not isinstance(value, Absent)]
    known = [value for value in given if isinstance(value, Known) or value.made_by]
    if len(known) > 1:
        yield replace(
            _need(case, "watches-several", "", ""), span=known[1].span, why=f"it names {len(known)}"
        )
        return
    yield from _another_kind(case)
    if not given:
        for value in _ways(flow_log).values():
            if (fact := left_to_a_caller(case, flow_log, value)) is not None:
                yield missing("arguments", case.span, fact)
                return
        yield _need(case, "watches-nothing", "it names none", "vpc_id")


def watches(flow_log: FlowLog) -> Iterator[Value[Text]]:
    """All that a flow log watches, which should be one thing."""
    for value in (flow_log.resource, *_ways(flow_log).values()):
        if not isinstance(value, Absent):
            yield value


def _ways(flow_log: FlowLog) -> dict[str, Value[Text]]:
    """Terraform's arguments, by what each names."""
    return {
        "VPC": flow_log.vpc,
        "Subnet": flow_log.subnet,
        "NetworkInterface": flow_log.network_interface,
        "TransitGateway": flow_log.transit_gateway,
        "TransitGatewayAttachment": flow_log.transit_gateway_attachment,
        "RegionalNatGateway": flow_log.regional_nat_gateway,
    }


def _another_kind(case: Case) -> Iterator[Need]:
    """What is named must be what its argument, or the resource type, says.

    <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
    """
    flow_log = case.flow_log
    ways = _ways(flow_log)
    match flow_log.resource_type:
        case Known(value=Text() as kind) if kind.literal is not None:
            if kind.literal not in RESOURCE_TYPES:
                near = get_close_matches(kind.literal.lower(), map(str.lower, RESOURCE_TYPES), 1)
                right = next((one for one in RESOURCE_TYPES if one.lower() in near), "")
                why = f"there is no resource type {kind.literal}"
                need = _need(case, "no-such-type", why, "")
                span = flow_log.resource_type.span
                yield replace(need, span=span, facts={"right": right, "written": kind.literal})
                return
            ways = {kind.literal: flow_log.resource}
        case Absent():
            pass
        case _:
            return
    for kind_of_argument, value in ways.items():
        if _is_connect(value):
            why = "transit gateway flow logs do not support Connect attachments"
            yield replace(
                _need(case, "another-kind", why, ""), span=value.span, facts={"right": ""}
            )
            continue
        found = None if isinstance(value, Absent) else _kind(value)
        if found is not None and found != kind_of_argument:
            what = f"a {found}" if found else "nothing that a flow log can watch"
            why = f"a {kind_of_argument} is named here, and this is {what}"
            yield replace(
                _need(case, "another-kind", why, ""), span=value.span, facts={"right": found}
            )


_CONNECT = ("aws_ec2_transit_gateway_connect", "AWS::EC2::TransitGatewayConnect")


def _is_connect(value: Value[Text]) -> bool:
    """Whether this is a Connect attachment.

    <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html>
    """
    match value:
        case Unknown(made_by=type_):
            return type_ in _CONNECT
        case Known(value=Text(pieces=(Hole(made_by=type_),))):
            return type_ in _CONNECT
        case _:
            return False


def _kind(value: Known[Text] | Unknown) -> str | None:
    """What an ID names, if its prefix or the resource that it comes from tells."""
    if isinstance(value, Unknown):
        return kind_of_declared(value.made_by)
    match value.value.pieces:
        case (Hole(made_by=type_),):
            return kind_of_declared(type_)
        case (Lit(text=words), *_):
            return kind_of_id(words)
        case _:
            return None


def _need(case: Case, fault: str, why: str, field: str) -> Need:
    return Need(
        "arguments",
        State.UNMET,
        case.span,
        fault=fault,
        why=why,
        when="deploy",
        facts={"field": field},
    )
