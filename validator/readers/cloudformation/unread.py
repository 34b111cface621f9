"""Flow logs that nobody can write out: those of open loops, and of nested stacks not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from yaml.nodes import Node

from validator.graph import values as v
from validator.graph.graph import Declared
from validator.readers.asking import is_named_after, is_off, is_switch
from validator.readers.cloudformation.nested import LOCATIONS
from validator.readers.cloudformation.nodes import items, member, pairs, scalar_text, walk
from validator.readers.cloudformation.scope import Scope
from validator.readers.cloudformation.template import Written, type_of

_FLOW_LOG: Final = "AWS::EC2::FlowLog"


def unread(scope: Scope) -> Iterator[Declared]:
    """One flow log for each of a stack's loops and nested stacks that makes some."""
    for key, body, unknown in scope.stack.template.open_loops.values():
        if any(scalar_text(member(node, "Type")) == _FLOW_LOG for node in walk(body)):
            yield _declared(scope, key, str(key.value), unknown)
    for name, unknown in scope.stack.away.items():
        written = scope.stack.resources[name]
        exists = scope.exists(written)
        made = isinstance(exists, v.Unknown) or exists.value
        if made and _asks(scope.within(written), written):
            yield _declared(scope, written.key, name, unknown)


def _declared(scope: Scope, key: Node, name: str, unknown: v.Unknown) -> Declared:
    return Declared(
        language="cloudformation",
        type=_FLOW_LOG,
        unit=scope.stack.unit,
        name=f"{scope.stack.prefix}{name}",
        span=scope.span(key),
        exists=unknown,
        attribute=partial(_unknown, unknown),
        place=scope.place,
        unread=unknown,
    )


def _unknown(unknown: v.Unknown, name: str) -> v.Node:
    return unknown


def _asks(scope: Scope, written: Written) -> bool:
    """Whether a nested stack is asked for flow logs, and is not told that none are wanted."""
    properties = written.get("Properties")
    location = member(properties, LOCATIONS[type_of(written)])
    place = None if location is None else scope.value(location)
    words = None if place is None else v.as_text(place)
    asks = words is not None and is_named_after(str(words))
    for name, value in _parameters(member(properties, "Parameters")):
        if not is_switch(name):
            continue
        found = scope.value(value)
        if found is None or is_off(found):
            return False
        asks = True
    return asks


def _parameters(node: Node | None) -> Iterator[tuple[str, Node]]:
    """What a nested stack is given; a stack set writes it as a list."""
    for key, value in pairs(node):
        yield str(key.value), value
    for one in items(node):
        given = member(one, "ParameterValue")
        if given is not None:
            yield scalar_text(member(one, "ParameterKey")) or "", given
