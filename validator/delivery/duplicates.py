"""Flow logs that EC2 takes for one, and how many one resource has, with those that exist already.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from validator.aws.facts import FLOW_LOGS_OF_ONE_RESOURCE
from validator.aws.log_fields import DEFAULT_FORMAT
from validator.delivery.case import Case
from validator.delivery.destination import delivery_type
from validator.delivery.needs import Need, State, missing
from validator.delivery.target import Target, ToBucket, ToLogGroup, ToStream
from validator.delivery.watched import monitored, watches
from validator.findings import Evidence
from validator.graph.text import Hole, Text
from validator.graph.values import Absent, Known, Unknown, Value, hole
from validator.graph.verdict import Open

Judged: TypeAlias = "Sequence[tuple[Case, Target]]"
_PLACE = re.compile(r":\d+:\d+(?!\d)")


def repeated(judged: Judged, existing: Judged) -> Iterator[tuple[str, Need]]:
    """The addresses of flow logs that repeat an earlier one in every respect.

    One that exists may be the very flow log, from an earlier deploy: only a plan or a person tells.
    """
    there: dict[object, Case] = {}
    for case, target in existing:
        if (key := _key(case, target)) is not None:
            there.setdefault(key, case)
    first: dict[object, Case] = {}
    for case, target in judged:
        key = _key(case, target)
        if key is None:
            continue
        earlier = first.setdefault(key, case)
        address = case.flow_log.address
        if earlier is not case:
            yield address, _duplicate(case, earlier, "is the first")
        elif (other := there.get(key)) is not None and case.flow_log.declared.fresh is not False:
            if _is_another(case, other):
                yield address, _duplicate(case, other, "exists already")
            else:
                yield address, missing("duplicate", case.span, _perhaps_itself(other))


def _duplicate(case: Case, earlier: Case, what: str) -> Need:
    name = earlier.flow_log.name_for_people
    return Need(
        "duplicate",
        State.UNMET,
        case.span,
        fault="duplicate",
        why=name,
        when="deploy",
        evidence=(Evidence(earlier.span, f"{name} {what}"),),
    )


def _is_another(case: Case, existing: Case) -> bool:
    """Whether a flow log that exists is surely not this one."""
    elsewhere = existing.flow_log.created_elsewhere
    told = isinstance(elsewhere, Known) and elsewhere.value
    return told or case.flow_log.declared.fresh is True


def _perhaps_itself(existing: Case) -> Open:
    name = existing.flow_log.name_for_people
    return Open(
        f"whether {name}, which exists and does the same, is this flow log, deployed earlier",
        f"--plan FILE, or created-elsewhere in {existing.span.file}",
        existing.span,
    )


def too_many(judged: Judged, existing: Judged) -> Iterator[tuple[str, Need]]:
    """The addresses of flow logs beyond what one resource may have, in written order.

    Those that exist count as well, but for one that may be a new one itself.
    """
    new = {_key(case, target) for case, target in judged} - {None}
    count: dict[object, int] = {}
    others: dict[object, int] = {}
    for case, target in existing:
        if _key(case, target) not in new:
            for watched in _identities(case):
                count[watched] = others[watched] = count.get(watched, 0) + 1
    for case, _ in judged:
        if isinstance(case.flow_log.exists, Unknown):
            continue
        for watched in _identities(case):
            count[watched] = number = count.get(watched, 0) + 1
            if number == FLOW_LOGS_OF_ONE_RESOURCE + 1:
                yield case.flow_log.address, _one_too_many(case, number, others.get(watched, 0))


def _one_too_many(case: Case, number: int, others: int) -> Need:
    why = f"it is number {number} of one resource"
    if others:
        why += f", of which {others} exist already"
    return Need(
        "arguments",
        # One that exists may go with the same deploy.
        State.AT_RISK if others else State.UNMET,
        case.span,
        fault="too-many",
        why=why,
        when="deploy",
    )


def _identities(case: Case) -> Iterator[object]:
    for value in watches(case.flow_log):
        identity = _written(case, value, "")
        if identity:
            yield identity


def _key(case: Case, target: Target) -> tuple[object, ...] | None:
    """All that tells one flow log from another; None if a part of it is open."""
    flow_log = case.flow_log
    watched = list(watches(flow_log))
    if isinstance(flow_log.exists, Unknown) or len(watched) != 1:
        return None
    match target:
        case ToBucket(name=name, folder=folder):
            where = (_identity(case, name), _identity(case, folder))
        case ToLogGroup(name=name) | ToStream(name=name):
            where = (_identity(case, name), "")
        case _:
            return None
    kind = monitored(flow_log)
    usual = "" if kind == "transit-gateway" else DEFAULT_FORMAT
    parts = [
        _written(case, watched[0], ""),
        "" if kind == "transit-gateway" else _written(case, flow_log.traffic_type, ""),
        _written(case, flow_log.log_format, usual),
    ]
    match flow_log.aggregation_seconds:
        case Known(value=seconds):
            parts.append(seconds)
        case Absent():
            parts.append(60 if kind == "transit-gateway" else 600)
        case Unknown():
            return None
    parts += where
    return None if None in parts else (*parts, delivery_type(flow_log))


def _written(case: Case, value: Value[Text], usual: str) -> object:
    """What is written, or what AWS takes if nothing is; None if nobody can tell one from another.

    One unknown that has a name is one value, whatever that is, also as the whole of a text.
    """
    match value:
        case Known(value=words):
            return _identity(case, words)
        case Unknown():
            return _identity(case, Text((hole(value),)))
        case Absent():
            return usual


def _identity(case: Case, words: Text) -> object:
    """What is the same for texts that are surely the same; None if nobody can tell.

    What has no name is called by its place, which is one for all instances of a resource or module.
    """
    whole = case.resolve(words)
    if any(isinstance(one, Hole) and _PLACE.search(one.key) for one in whole.pieces):
        return None
    return whole.literal if whole.literal is not None else whole.pieces
