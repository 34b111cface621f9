"""What a unit names that it does not create: worth a look into the run's other units."""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import BucketEncryption, FlowLog
from validator.graph.graph import Graph
from validator.graph.states import is_state_output, key_of
from validator.graph.text import Lit, Ref, Symbol, Text
from validator.graph.values import Known, Value
from validator.mentions import BUCKET, EXPORT, KEY, LOG_GROUP, OUTPUT, ROLE, STREAM

_SERVICES = {"s3": BUCKET, "logs": LOG_GROUP, "firehose": STREAM}


def named_elsewhere(graph: Graph) -> frozenset[bytes]:
    """The resource types, as files spell them, of what this unit's deliveries name by name.

    A reference to a resource of the unit needs no other unit; a literal ARN or name, a data
    source or a value from outside may lead to one. What the unit imports may be exported by any.
    """
    words = {word for words in _named(graph) for word in words}
    for name in graph.home.imports():
        words.add(_written_by_who_hands_on(name))
    return frozenset(words)


def _written_by_who_hands_on(name: str) -> bytes:
    """What stands in the files of a unit that others import something from.

    The folder of a local state is written nowhere in it; its outputs are.
    """
    if not is_state_output(name):
        return EXPORT
    key = key_of(name)
    return OUTPUT if key is None else key.encode()


def _named(graph: Graph) -> Iterator[tuple[bytes, ...]]:
    for flow_log in graph.all(FlowLog):
        if not flow_log.managed:
            continue
        if _leaves(flow_log.destination, graph):
            yield from _destinations(flow_log.destination)
        if _leaves(flow_log.log_group_name, graph):
            yield LOG_GROUP
        if _leaves(flow_log.role_arn, graph) or _leaves(flow_log.cross_account_role_arn, graph):
            yield ROLE
        if flow_log.place.role.pieces:
            yield ROLE
    for encryption in graph.all(BucketEncryption):
        if _leaves(encryption.key, graph):
            yield KEY


def _destinations(value: Value[Text]) -> Iterator[tuple[bytes, ...]]:
    """What a text may lead to: an ARN says it by its third part, if that is spelled out."""
    written = ""
    for piece in value.value.pieces if isinstance(value, Known) else ():
        if not isinstance(piece, Lit | Symbol):
            break
        written += piece.text if isinstance(piece, Lit) else "?"  # which holds no colon
    parts = written.split(":", 3)
    service = parts[2] if len(parts) > 3 and parts[0] == "arn" else ""
    known = _SERVICES.get(service)
    yield from _SERVICES.values() if known is None else (known,)


def _leaves(value: Value[Text], graph: Graph) -> bool:
    match value:
        case Known(value=Text(pieces=pieces)):
            refs = [piece for piece in pieces if isinstance(piece, Ref)]
            declared = [graph.declared(ref.target) for ref in refs]
            return not any(one is not None and one.managed for one in declared)
        case _:
            return False
