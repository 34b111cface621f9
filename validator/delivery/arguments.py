"""What EC2 checks of a flow log's own arguments before it looks at the destination.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Literal

from validator.aws import FlowLog
from validator.aws.log_fields import TRANSIT_GATEWAY_FIELDS, VPC_FIELDS
from validator.delivery.case import Case
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.needs import Need, State, missing
from validator.graph.graph import Place
from validator.graph.values import Absent, Hole, Known, Text, Unknown, Value, hole, text
from validator.policy.question import Pattern

Monitored = Literal["vpc", "transit-gateway", "regional-nat-gateway"]

_TYPES: dict[str, Monitored] = {
    "VPC": "vpc",
    "Subnet": "vpc",
    "NetworkInterface": "vpc",
    "TransitGateway": "transit-gateway",
    "TransitGatewayAttachment": "transit-gateway",
    "RegionalNatGateway": "regional-nat-gateway",
}
_FIELD = re.compile(r"\$\{([^}]*)\}")
_INTERVALS = (60, 600)
_ONLY_60 = "a transit gateway's flow log takes only 60 seconds"


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
                return (whole.pieces, (replace(piece, key=arn, why=why.replace(name, own)),))
            case _:
                return (whole.pieces,)
    return (None,)


def argument_needs(case: Case) -> Iterator[Need]:
    """The faults of a flow log's own arguments; none if they are as EC2 takes them, or open."""
    flow_log = case.flow_log
    watched = monitored(flow_log)
    yield from _traffic_type(case, watched)
    yield from _interval(case, watched)
    yield from _format(flow_log, watched)


def _fault(fault: str, span_of: FlowLog | Known[object] | Absent, why: str, **facts: str) -> Need:
    return Need(
        "arguments", State.UNMET, span_of.span, fault=fault, why=why, when="deploy", facts=facts
    )


def _traffic_type(case: Case, watched: Monitored | None) -> Iterator[Need]:
    flow_log = case.flow_log
    match flow_log.traffic_type:
        case Absent() as absent if watched in ("vpc", "regional-nat-gateway"):
            if (fact := left_to_a_caller(case, flow_log, absent)) is not None:
                yield missing("arguments", absent.span, fact)
                return
            yield _fault("traffic-type", flow_log, "no traffic type is given", fix="ALL")
        case Known() as known if (
            watched == "transit-gateway" and flow_log.declared.language == "cloudformation"
        ):
            # Terraform's provider leaves it out of the request by itself.
            yield _fault("traffic-type", known, "a transit gateway's flow log takes none", fix="")
        case _:
            pass


def _interval(case: Case, watched: Monitored | None) -> Iterator[Need]:
    flow_log = case.flow_log
    match flow_log.aggregation_seconds:
        case Known(value=seconds) as known:
            if seconds not in _INTERVALS:
                yield _fault("interval", known, f"{seconds} is neither 60 nor 600 seconds")
            elif watched == "transit-gateway" and seconds != _INTERVALS[0]:
                yield _fault(
                    "interval", known, "a transit gateway's flow log takes only 60", tgw=""
                )
        case Absent() as absent if (
            watched == "transit-gateway" and flow_log.declared.language == "terraform"
        ):
            if (fact := left_to_a_caller(case, flow_log, absent)) is not None:
                yield missing("arguments", absent.span, fact)
                return
            why = f"{_ONLY_60}, and Terraform sends 600 if none is given"
            yield _fault("interval", flow_log, why, tgw="")
        case _:
            pass


def _format(flow_log: FlowLog, watched: Monitored | None) -> Iterator[Need]:
    match flow_log.log_format:
        case Known(value=words) as known if words.literal is not None and watched is not None:
            known_fields = TRANSIT_GATEWAY_FIELDS if watched == "transit-gateway" else VPC_FIELDS
            odd = [name for name in _FIELD.findall(words.literal) if name not in known_fields]
            if odd:
                close = get_close_matches(odd[0], sorted(known_fields), 1)
                yield Need(
                    "arguments",
                    State.AT_RISK,
                    known.span,
                    fault="format",
                    why=f"AWS documents no field {odd[0]}",
                    when="deploy",
                    facts={"near": close[0] if close else ""},
                )
        case _:
            pass
