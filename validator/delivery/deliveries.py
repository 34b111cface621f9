"""Every delivery of a graph, judged."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from validator.aws import FlowLog
from validator.delivery.additions import add_growth
from validator.delivery.arguments import argument_needs
from validator.delivery.case import Case, case_of
from validator.delivery.deployer import deployer_needs
from validator.delivery.destination import delivery_type, target_of
from validator.delivery.duplicates import repeated, too_many
from validator.delivery.left_out import destination_left_out
from validator.delivery.lookup import hops
from validator.delivery.needs import Need, State, at, met, missing, verdict
from validator.delivery.path import way
from validator.delivery.s3 import role_needs, s3_needs
from validator.delivery.stops import (
    destination_stop,
    role_stop,
    source_stop,
)
from validator.delivery.target import (
    Faulty,
    Target,
    ToBucket,
    ToLogGroup,
    ToStream,
    Unsettled,
)
from validator.delivery.wrong_partition import partition_needs
from validator.graph.graph import Graph
from validator.graph.span import Span
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Open, open_of
from validator.outcomes import Delivered, DeliveryType, Hop, Verdict, softened
from validator.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """One flow log's delivery: where to, what it needs, and the verdict.

    `crash` is a bug of ours that left it unjudged; it is open then.
    """

    flow_log: FlowLog
    type: DeliveryType
    target: Target
    needs: tuple[Need, ...]
    crash: Exception | None = None

    @property
    def delivered(self) -> Delivered:
        """The delivery as the report shows it."""
        facts = [one for need in self.needs for one in need.open]
        judged = verdict(self.needs)
        path = self.path
        exists = self.flow_log.exists
        if isinstance(exists, Unknown):
            facts.insert(0, open_of(exists))
            if judged is Verdict.WILL_FAIL:
                judged = Verdict.MAY_FAIL
                path = softened(path)
        return Delivered(
            address=self.flow_log.address,
            span=self.flow_log.span,
            type=self.type,
            destination=_destination(self.flow_log, self.target),
            verdict=judged,
            open=() if judged is Verdict.WILL_WORK else _once(facts),
            alias=self.flow_log.declared.alias,
            path=path,
        )

    @property
    def path(self) -> tuple[Hop, ...]:
        """The way of the logs, each stop as the needs about it stand."""
        flow_log = self.flow_log
        destination = destination_stop(flow_log, self.type, self.target)
        return way(flow_log.address, source_stop(flow_log), destination, self.needs)


def _once(facts: Iterable[Open]) -> tuple[Open, ...]:
    """Each fact once, where it is first met."""
    told: dict[tuple[str, str], Open] = {}
    for one in facts:
        told.setdefault((one.fact, one.supply), one)
    return tuple(told.values())


_JUDGED: WeakKeyDictionary[Graph, tuple[Delivery, ...]] = WeakKeyDictionary()


def deliveries(graph: Graph) -> tuple[Delivery, ...]:
    """Every delivery of a graph's own unit, in written order; judged once a graph."""
    found = _JUDGED.get(graph)
    if found is None:
        found = _JUDGED[graph] = _judge(graph)
    return found


def unjudged(flow_log: FlowLog) -> Delivered:
    """A delivery of which no more is known than that it is there."""
    return Delivered(
        address=flow_log.address,
        span=flow_log.span,
        type="unknown",
        destination="",
        verdict=Verdict.CANNOT_TELL,
        open=(_unjudged(flow_log.span),),
        alias=flow_log.declared.alias,
    )


def all_unjudged(graph: Graph) -> tuple[Delivered, ...]:
    """Every delivery of a graph's own unit, if none could be judged."""
    return tuple(map(unjudged, graph.all(FlowLog)))


def _unjudged(span: Span) -> Open:
    return Open("judging it failed, which is a bug of ours", "", span)


def _judge(graph: Graph) -> tuple[Delivery, ...]:
    """What fails here costs only what it is about; who runs this tells of it."""
    judged: list[tuple[Case, Target, list[Need]]] = []
    crashes: dict[str, Exception] = {}
    for flow_log in graph.all(FlowLog):
        case = case_of(graph, flow_log)
        target: Target
        try:
            if (unread := flow_log.declared.unread) is not None:
                target = Unsettled((open_of(unread),))
                needs = [missing("destination", case.span, *target.open)]
            else:
                target = target_of(flow_log, graph, case.resolve)
                case, needs = _needs(case, target)
        except Exception as error:  # one costs no other its verdict
            crashes[flow_log.address] = error
            fact = _unjudged(case.span)
            target, needs = Unsettled((fact,)), [missing("destination", case.span, fact)]
        judged.append((case, target, needs))
    try:
        _together(graph, judged)
    except Exception as error:  # then each may lack a need that would be its worst
        for case, _, needs in judged:
            crashes.setdefault(case.flow_log.address, error)
            needs.append(missing("destination", case.span, _unjudged(case.span)))
    return tuple(
        Delivery(
            case.flow_log,
            delivery_type(case.flow_log),
            target,
            tuple(needs),
            crashes.get(case.flow_log.address),
        )
        for case, target, needs in judged
    )


def _together(graph: Graph, judged: list[tuple[Case, Target, list[Need]]]) -> None:
    """Add the needs that rest on several deliveries."""
    there = _existing(graph) if judged else []
    add_growth(judged, there)
    needs_of = {case.flow_log.address: needs for case, _, needs in judged}
    here = [(case, target) for case, target, _ in judged]
    for address, need in (*repeated(here, there), *too_many(here, there)):
        needs_of[address].append(need)


def _existing(graph: Graph) -> list[tuple[Case, Target]]:
    """The flow logs that a person tells of."""
    cases = [case_of(graph, one) for one in graph.looked_up(FlowLog)]
    return [(case, target_of(case.flow_log, graph, case.resolve)) for case in cases]


def _needs(case: Case, target: Target) -> tuple[Case, list[Need]]:
    flow_log = case.flow_log
    kind = delivery_type(flow_log)
    span = case.span if isinstance(flow_log.destination, Absent) else flow_log.destination.span
    if isinstance(flow_log.destination, Absent) and not isinstance(flow_log.log_group_name, Absent):
        span = flow_log.log_group_name.span
    needs: list[Need] = []
    match target:
        case Faulty(fault="missing") if (fact := destination_left_out(case)) is not None:
            needs.append(missing("destination", span, fact))
        case Faulty(fault=fault, why=why, fix=fix, edits=edits, written=written):
            if fault == "type" and not isinstance(flow_log.destination_type, Absent):
                span = flow_log.destination_type.span
            trail = (
                hops(flow_log.destination.trail) if isinstance(flow_log.destination, Known) else ()
            )
            needs.append(
                Need(
                    "destination",
                    State.UNMET,
                    span,
                    fault=fault,
                    why=why,
                    when="deploy",
                    evidence=trail,
                    facts={"fix": fix, "written": written},
                    edits=edits,
                )
            )
        case Unsettled(open=facts):
            needs.append(missing("destination", span, *facts))
            if kind == "cloud-watch-logs":
                from validator.delivery.logs import logs_needs

                needs += logs_needs(case, None)
        case ToBucket():
            case, needs = s3_needs(case, target)
            needs += partition_needs(case)
        case ToLogGroup():
            from validator.delivery.logs import logs_needs  # not for the other destinations

            needs += logs_needs(case, target)
        case ToStream():
            from validator.delivery.firehose import firehose_needs

            needs.append(met("destination", span))
            needs += firehose_needs(case, target)
    if kind == "s3" and not isinstance(target, Faulty):
        given = case.flow_log.role_arn
        needs += at(role_stop(case, given), role_needs(case))
    needs += argument_needs(case)
    needs += deployer_needs(case, target)
    return case, needs


def _destination(flow_log: FlowLog, target: Target) -> str:
    match target:
        case ToBucket(folder=folder):
            return f"{target.called}/{folder}" if folder.pieces else target.called
        case ToLogGroup() | ToStream():
            return target.called
        case _:
            for value in (flow_log.destination, flow_log.log_group_name):
                if isinstance(value, Known):
                    return str(value.value)
            return ""
