"""Flow logs that nobody can write out: those of open loops, and of nested stacks not at hand."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import Node

from validator.graph import values as v
from validator.graph.world import Declared
from validator.readers.asking import FLOW_LOG, asks, is_named_after, is_switch, unread_flow_log
from validator.readers.cloudformation.nested import LOCATIONS
from validator.readers.cloudformation.nodes import call, items, member, pairs, scalar_text, walk
from validator.readers.cloudformation.scope import Scope
from validator.readers.cloudformation.template import Written, type_of


def unread(scope: Scope) -> Iterator[Declared]:
    """One flow log for each of a stack's loops and nested stacks that makes some."""
    wanted = FLOW_LOG["cloudformation"]
    for key, body, unknown in scope.stack.template.open_loops.values():
        if any(scalar_text(member(node, "Type")) == wanted for node in walk(body)):
            yield _declared(scope, key, str(key.value), unknown)
    for name, unknown in scope.stack.away.items():
        written = scope.stack.resources[name]
        exists = scope.exists(written)
        made = isinstance(exists, v.Unknown) or exists.value
        if made and _asks(scope.within(written), written):
            yield _declared(scope, written.key, name, unknown)


def _declared(scope: Scope, key: Node, name: str, unknown: v.Unknown) -> Declared:
    stack = scope.stack
    named = f"{stack.prefix}{name}"
    return unread_flow_log(
        "cloudformation", stack.unit, named, scope.span(key), unknown, scope.place, stack.calls
    )


def _asks(scope: Scope, written: Written) -> bool:
    properties = written.get("Properties")
    location = member(properties, LOCATIONS[type_of(written)])
    place = None if location is None else scope.value(location)
    words = None if place is None else v.as_text(place)
    given = _parameters(member(properties, "Parameters"))
    return asks(
        (scope.value(value) for name, value in given if is_switch(name) and not _is_list(value)),
        named=words is not None and is_named_after(str(words)),
    )


def _is_list(node: Node) -> bool:
    """Whether a value is a list as text: the accounts whose flow logs somebody reads, no switch."""
    found = call(node)
    return found is not None and found.name == "Fn::Join"


def _parameters(node: Node | None) -> Iterator[tuple[str, Node]]:
    """What a nested stack is given; a stack set writes it as a list."""
    for key, value in pairs(node):
        yield str(key.value), value
    for one in items(node):
        given = member(one, "ParameterValue")
        if given is not None:
            yield scalar_text(member(one, "ParameterKey")) or "", given
