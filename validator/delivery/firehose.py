"""What a delivery to Data Firehose needs of the stream and of the roles.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-firehose.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import DeliveryStream
from validator.aws.facts import stream_name_fault
from validator.delivery.case import Case
from validator.delivery.cross_account import pair_needs
from validator.delivery.informed import informed_of_roles
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.lookup import ELSEWHERE, nearest
from validator.delivery.needs import Need, State, at, met, missing
from validator.delivery.resolve import could_be, tail
from validator.delivery.stops import role_stop
from validator.delivery.target import ToStream
from validator.delivery.wrong_partition import partition_needs
from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Absent, Fields, Items, Known, Node, Unknown, Value, as_text
from validator.graph.verdict import Open, Truth, open_of

TAG = "LogDeliveryEnabled"
_PREFIX = "AWSLogDeliveryFirehoseCrossAccountRole"


def firehose_needs(case: Case, target: ToStream) -> Iterator[Need]:
    """The stream, its source and its tag; both roles or neither."""
    flow_log = case.flow_log
    case = informed_of_roles(case, flow_log.role_arn, flow_log.cross_account_role_arn)
    yield from partition_needs(case)
    span = case.flow_log.destination.span
    stream = target.stream
    if stream is None or not stream.managed:
        near = nearest(case.graph, DeliveryStream, target.name, case.resolve)
        fact = Open(
            f"delivery stream {target.called}, which these files do not create{near}",
            ELSEWHERE,
            span,
        )
        yield missing("stream", span, fact, subject=target.called)
    elif (unknown := case.open_about(stream)) is not None:
        yield missing("stream", span, open_of(unknown), subject=target.called)
    else:
        yield met("stream", span)
        yield _source(stream)
        yield _tag(stream)
    yield from _name(case, target)
    yield from _place(case, target)
    yield from _roles(case, target)


def _name(case: Case, target: ToStream) -> Iterator[Need]:
    """The fault of a stream's name."""
    written = case.resolve(target.name).literal
    why = None if written is None else stream_name_fault(written)
    if why is not None:
        stream = target.stream
        span = case.flow_log.destination.span
        if stream is not None and isinstance(stream.name, Known):
            span = stream.name.span
        yield Need(
            "stream",
            State.UNMET,
            span,
            fault="name",
            why=why,
            subject=target.called,
            when="deploy",
        )


def _place(case: Case, target: ToStream) -> Iterator[Need]:
    """The stream's region; that it has to be the flow log's is not written in so many words."""
    there, here = target.region.literal, case.place.region.literal
    if there is not None and here is not None and there != here:
        yield Need(
            "stream",
            State.AT_RISK,
            case.flow_log.destination.span,
            fault="elsewhere",
            why=f"it lies in region {there}, the flow log in {here}",
            subject=target.called,
            when="deploy",
        )


def _read_from_elsewhere(stream: DeliveryStream, span: Span) -> Need:
    return Need(
        "stream",
        State.UNMET,
        span,
        fault="source",
        subject=stream.name_for_people,
        when="deploy",
    )


def _source(stream: DeliveryStream) -> Need:
    """Log delivery puts records directly; a stream that reads from elsewhere takes none."""
    sources: tuple[Value[object], ...] = (stream.kinesis_source, stream.msk_source)
    for source in sources:
        match source:
            case Known(value=Items(items=(), rest=None)):
                continue
            case Known(value=Items(items=(), rest=Unknown() as unknown)):
                return missing("stream", unknown.span, open_of(unknown))
            case Known(span=span):
                return _read_from_elsewhere(stream, span)
            case Unknown() as unknown:
                return missing("stream", unknown.span, open_of(unknown))
            case Absent():
                pass
    match stream.source_type:
        case Known(value=Text() as words, span=span) if words.literal not in ("DirectPut", None):
            return _read_from_elsewhere(stream, span)
        case _:
            return met("stream", stream.span)


def _tag(stream: DeliveryStream) -> Need:
    """AWS tags the stream when the flow log is created; a template without the tag removes it."""
    answer, fact, span = _tagged(stream)
    if answer is Truth.YES or stream.declared.ignores("tags"):
        return met("stream", span)
    if answer is Truth.MAYBE and fact is not None:
        return missing("stream", span, fact, subject=stream.name_for_people)
    if stream.declared.unclear is not None:
        fact = open_of(stream.declared.unclear)
        return missing("stream", span, fact, subject=stream.name_for_people)
    return Need(
        "stream",
        State.AT_RISK,
        span,
        fault="tag",
        subject=stream.name_for_people,
        when="next-apply",
        facts={"field": stream.spelled("tags")},
    )


def _tagged(stream: DeliveryStream) -> tuple[Truth, Open | None, Span]:
    """Whether the stream's own tags hold the one that lets log delivery in."""
    match stream.tags:
        case Absent():
            return Truth.NO, None, stream.span
        case Unknown() as unknown:
            return Truth.MAYBE, open_of(unknown), unknown.span
        case Known(value=Fields() as fields, span=span):
            found = fields.get(TAG)
            if found is None:
                return _unless(fields.rest, span)
            return _is_true(found, span)
        case Known(value=Items(items=items, rest=rest), span=span):
            for item in items:
                if isinstance(item, Unknown):
                    return Truth.MAYBE, open_of(item), span
                if isinstance(item.value, Fields):
                    key, value = item.value.get("Key"), item.value.get("Value")
                    if key is not None and value is not None and _literal(key) == TAG:
                        return _is_true(value, span)
            return _unless(rest, span)
        case Known(span=span):
            return Truth.NO, None, span


def _unless(rest: Unknown | None, span: Span) -> tuple[Truth, Open | None, Span]:
    return (Truth.NO, None, span) if rest is None else (Truth.MAYBE, open_of(rest), span)


def _is_true(node: Node, span: Span) -> tuple[Truth, Open | None, Span]:
    if isinstance(node, Unknown):
        return Truth.MAYBE, open_of(node), span
    written = _literal(node)
    return (Truth.YES if written == "true" else Truth.NO), None, span


def _literal(node: Node) -> str | None:
    words = as_text(node)
    return None if words is None else words.literal


def _roles(case: Case, target: ToStream) -> Iterator[Need]:
    """Only a stream in another account needs roles, and then two."""
    role, cross = case.flow_log.role_arn, case.flow_log.cross_account_role_arn
    for value in (role, cross):
        if isinstance(value, Unknown):
            yield from at(role_stop(case, value), (missing("role", value.span, open_of(value)),))
            return
    if isinstance(role, Known) and isinstance(cross, Known):
        yield from pair_needs(case, target, role, cross)
        _, slash, name = tail(case.resolve(cross.value)).rpartition("/")
        if slash and not name.startswith(_PREFIX):
            yield Need(
                "role",
                State.UNMET,
                cross.span,
                fault="cross-account-name",
                why=f"its name is {name}",
                when="deploy",
                stop=role_stop(case, cross),
            )
    elif isinstance(role, Known) or isinstance(cross, Known):
        lacking = "cross_account_role_arn" if isinstance(role, Known) else "role_arn"
        given, other = (role, cross) if isinstance(role, Known) else (cross, role)
        if (fact := left_to_a_caller(case, case.flow_log, other)) is not None:
            yield from at(role_stop(case, other), (missing("role", other.span, fact),))
            return
        yield Need(
            "role",
            State.UNMET,
            given.span,
            fault="half-a-pair",
            when="deploy",
            facts={"lacking": case.flow_log.spelled(lacking)},
            stop=role_stop(case, given),
        )
    else:
        yield from _no_roles(case, target)


def _no_roles(case: Case, target: ToStream) -> Iterator[Need]:
    """Without roles the stream must be in the flow log's own account."""
    there, here = target.account, case.place.account
    span = case.flow_log.destination.span
    if there.literal is not None and here.literal is not None and not there.matches(here):
        yield Need(
            "role",
            State.UNMET,
            span,
            fault="no-pair",
            why=f"it belongs to account {there}, the flow log to {here}",
            subject=target.called,
            when="deploy",
        )
    elif not there.matches(here) and target.stream is None and could_be(there, here):
        fact = Open(f"whether the flow log is in account {there}", "--account ID", span)
        yield missing("role", span, fact, subject=target.called)
    else:
        yield met("role", case.span)
