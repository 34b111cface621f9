"""What a flow log watches.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from validator.aws import FlowLog
from validator.delivery.case import Case
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.needs import Need, State, missing
from validator.graph.graph import Place
from validator.graph.values import Absent, Hole, Known, Text, Unknown, Value, hole, text
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
                return (whole.pieces, (replace(piece, key=arn, why=why.replace(name, own)),))
            case _:
                return (whole.pieces,)
    return (None,)


def watched_needs(case: Case) -> Iterator[Need]:
    """Exactly one thing must be watched.

    Terraform's provider counts before it asks AWS, and lets pass what only the deploy settles.
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
        return
    given = [value for value in _ways(flow_log) if not isinstance(value, Absent)]
    known = [value for value in given if isinstance(value, Known)]
    if len(known) > 1:
        yield replace(
            _need(case, "watches-several", "", ""), span=known[1].span, why=f"it names {len(known)}"
        )
    elif not given:
        for value in _ways(flow_log):
            if (fact := left_to_a_caller(case, flow_log, value)) is not None:
                yield missing("arguments", case.span, fact)
                return
        yield _need(case, "watches-nothing", "it names none", "vpc_id")


def watches(flow_log: FlowLog) -> Iterator[Value[Text]]:
    """All that a flow log watches, which should be one thing."""
    for value in (flow_log.resource, *_ways(flow_log)):
        if not isinstance(value, Absent):
            yield value


def _ways(flow_log: FlowLog) -> tuple[Value[Text], ...]:
    return (
        flow_log.vpc,
        flow_log.subnet,
        flow_log.network_interface,
        flow_log.transit_gateway,
        flow_log.transit_gateway_attachment,
        flow_log.regional_nat_gateway,
    )


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
