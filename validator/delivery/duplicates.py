"""Two flow logs that EC2 takes for one.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.delivery.case import Case
from validator.delivery.destination import delivery_type
from validator.delivery.needs import Need, State
from validator.delivery.target import Target, ToBucket, ToLogGroup, ToStream
from validator.delivery.watched import monitored
from validator.findings import Evidence
from validator.graph.values import Absent, Known, Text, Unknown, Value


def duplicates(judged: Iterable[tuple[Case, Target]]) -> Iterator[tuple[str, Need]]:
    """The addresses of flow logs that repeat an earlier one in every respect."""
    first: dict[tuple[object, ...], Case] = {}
    for case, target in judged:
        key = _key(case, target)
        if key is None:
            continue
        earlier = first.setdefault(key, case)
        if earlier is not case:
            name = earlier.flow_log.name_for_people
            yield (
                case.flow_log.address,
                Need(
                    "duplicate",
                    State.UNMET,
                    case.span,
                    fault="duplicate",
                    why=name,
                    when="deploy",
                    evidence=(Evidence(earlier.span, f"{name} is the first"),),
                ),
            )


def _key(case: Case, target: Target) -> tuple[object, ...] | None:
    """All that tells one flow log from another; None if a part of it is open."""
    flow_log = case.flow_log
    if isinstance(flow_log.exists, Unknown):
        return None
    parts: list[object] = []
    watched = 0
    for value in (
        flow_log.resource,
        flow_log.vpc,
        flow_log.subnet,
        flow_log.network_interface,
        flow_log.transit_gateway,
        flow_log.transit_gateway_attachment,
        flow_log.regional_nat_gateway,
    ):
        if isinstance(value, Unknown) and not value.key:
            return None
        watched += not isinstance(value, Absent)
        parts.append(_written(case, value))
    if watched != 1:
        return None
    match target:
        case ToBucket(name=name, folder=folder):
            parts += (case.resolve(name).pieces, case.resolve(folder).pieces)
        case ToLogGroup(name=name) | ToStream(name=name):
            parts.append(case.resolve(name).pieces)
        case _:
            return None
    for value in (flow_log.traffic_type, flow_log.log_format):
        if isinstance(value, Unknown):
            return None
        parts.append(_written(case, value))
    parts.append(delivery_type(flow_log))
    match flow_log.aggregation_seconds:
        case Known(value=seconds):
            parts.append(seconds)
        case Absent():
            parts.append(60 if monitored(flow_log) == "transit-gateway" else 600)
        case Unknown():
            return None
    return tuple(parts)


def _written(case: Case, value: Value[Text]) -> object:
    match value:
        case Known(value=words):
            whole = case.resolve(words)
            return whole.literal if whole.literal is not None else whole.pieces
        case Unknown(key=key):
            # One unknown is one value, whatever it is.
            return ("open", key)
        case Absent():
            return None
