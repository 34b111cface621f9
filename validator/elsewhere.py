"""What a unit names that it does not create: worth a look into the run's other units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from validator.aws import BucketEncryption, FlowLog
from validator.aws.arn import Arn, parse_arn
from validator.graph.graph import Graph
from validator.graph.states import is_state_output, key_of
from validator.graph.stored import as_stored
from validator.graph.text import Lit, Ref, Symbol, Text
from validator.graph.values import Known, Value
from validator.mentions import BUCKET, EXPORT, KEY, LOG_GROUP, OUTPUT, PARAMETER, ROLE, STREAM

Sought: TypeAlias = frozenset[tuple[bytes, str]]
"""Words that stand in the files of what is named, each with the literal name; empty for any."""

_SERVICES = {"s3": BUCKET, "logs": LOG_GROUP, "firehose": STREAM}
# What comes before and behind the name in the last part of an ARN.
_AROUND = {"s3": ("", "/"), "logs": ("log-group:", ":"), "firehose": ("deliverystream/", "/")}


def named_elsewhere(graph: Graph) -> Sought:
    """What this unit's deliveries name by name: the types, as files spell them, and the names.

    A reference to a resource of the unit needs no other unit; a literal ARN or name, a data
    source or a value from outside may lead to one. What the unit imports may be exported by any.
    """
    found = {(word, name) for words, name in _named(graph) for word in words}
    for name in graph.home.imports():
        found |= _written_by_who_hands_on(name)
    return frozenset(found)


def _written_by_who_hands_on(name: str) -> Sought:
    """What stands in the files of a unit that others import something from.

    The folder of a local state is written nowhere in it; its outputs are.
    """
    parameter = as_stored(name)
    if parameter is not None:
        return frozenset((word, parameter.name) for word in PARAMETER)
    key = key_of(name) if is_state_output(name) else None
    word = EXPORT if not is_state_output(name) else OUTPUT if key is None else key.encode()
    return frozenset({(word, "")})


def _named(graph: Graph) -> Iterator[tuple[tuple[bytes, ...], str]]:
    for flow_log in graph.all(FlowLog):
        if not flow_log.managed:
            continue
        if _leaves(flow_log.destination, graph):
            yield from _destinations(flow_log.destination)
        if _leaves(flow_log.log_group_name, graph):
            yield LOG_GROUP, _literal(flow_log.log_group_name)
        for role in (flow_log.role_arn, flow_log.cross_account_role_arn):
            if _leaves(role, graph):
                yield ROLE, _last_part(role).rpartition("/")[2]
        if flow_log.place.role.pieces:
            yield ROLE, _last_part(Known(flow_log.place.role, flow_log.span)).rpartition("/")[2]
    for encryption in graph.all(BucketEncryption):
        if _leaves(encryption.key, graph):
            yield KEY, ""


def _literal(value: Value[Text]) -> str:
    return (value.value.literal or "") if isinstance(value, Known) else ""


def _destinations(value: Value[Text]) -> Iterator[tuple[tuple[bytes, ...], str]]:
    """What a text may lead to: an ARN says it by its third part, if that is spelled out."""
    written = ""
    for piece in value.value.pieces if isinstance(value, Known) else ():
        if not isinstance(piece, Lit | Symbol):
            break
        written += piece.text if isinstance(piece, Lit) else "?"  # which holds no colon
    parts = written.split(":", 3)
    service = parts[2] if len(parts) > 3 and parts[0] == "arn" else ""
    if service not in _SERVICES:
        yield from ((words, "") for words in _SERVICES.values())
        return
    before, behind = _AROUND[service]
    last = _last_part(value)
    name = last.removeprefix(before).partition(behind)[0] if last.startswith(before) else ""
    yield _SERVICES[service], name


def _last_part(value: Value[Text]) -> str:
    """What an ARN says behind its account; empty if that is open."""
    arn = parse_arn(value.value) if isinstance(value, Known) else None
    return (arn.resource.literal or "") if isinstance(arn, Arn) else ""


def _leaves(value: Value[Text], graph: Graph) -> bool:
    match value:
        case Known(value=Text(pieces=pieces)):
            refs = [piece for piece in pieces if isinstance(piece, Ref)]
            declared = [graph.declared(ref.target) for ref in refs]
            return not any(one is not None and one.managed for one in declared)
        case _:
            return False
