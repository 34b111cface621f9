"""What a stack exports to others or keeps for them, and what it takes from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from yaml.nodes import Node

from validator.graph import values as v
from validator.graph.stored import stored
from validator.graph.world import Declared
from validator.readers.cloudformation.nodes import member
from validator.readers.cloudformation.scope import Scope, scopes
from validator.readers.cloudformation.template import Written, type_of
from validator.readers.taking import imported_by

_PARAMETER: Final = "AWS::SSM::Parameter"
# What stands in every template that takes something from elsewhere.
_TAKING: Final = ("ImportValue", "{{resolve:ssm:", "AWS::SSM::Parameter::Value")


class Traffic:
    """The exports and imports of one world, evaluated once they are asked for."""

    def __init__(self, top: Scope, resources: Iterable[Declared]) -> None:
        self.exports = cache(lambda: _exports(top))
        self.imports = cache(lambda: _imports(top, resources))


def _exports(top: Scope) -> dict[str, v.Node]:
    """The values by name; one whose name is open is left out, as nobody can tell who imports it.

    What a stack set exports is in its own accounts and regions.
    """
    found: dict[str, v.Node] = {}
    for scope in scopes(top):
        for output in scope.stack.outputs.values() if not scope.stack.elsewhere else ():
            named = member(output.get("Export"), "Name")
            inside = scope.within(output)
            name = None if named is None else inside.literal(named)
            value = None if not name else _value(inside, output)
            if name and value is not None:
                found[name] = value
        found.update(_stored(scope))
    return found


def _stored(scope: Scope) -> Iterator[tuple[str, v.Node]]:
    """The values that a stack keeps in the Parameter Store, by name."""
    for written in scope.stack.resources.values() if not scope.stack.elsewhere else ():
        if type_of(written) != _PARAMETER:
            continue
        properties = written.get("Properties")
        inside = scope.within(written)
        named = member(properties, "Name")
        name = None if named is None else inside.literal(named)
        value = member(properties, "Value")
        exists = scope.exists(written)
        if name and value is not None:
            found = _once_there(exists, inside, value)
            if found is not None:
                yield stored(name, scope.place), found


def _value(scope: Scope, output: Written) -> v.Node | None:
    node = output.get("Value")
    return None if node is None else _once_there(scope.exists(output), scope, node)


def _once_there(exists: v.Known[bool] | v.Unknown, scope: Scope, node: Node) -> v.Node | None:
    if isinstance(exists, v.Unknown):
        return exists
    return scope.fresh(node) if exists.value else None


def _imports(top: Scope, resources: Iterable[Declared]) -> frozenset[str]:
    stacks = top.stack.everyone()
    if not any(word in stack.template.source.text for stack in stacks for word in _TAKING):
        return frozenset()
    return frozenset(imported_by(resources))
