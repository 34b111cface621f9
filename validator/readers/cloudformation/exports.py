"""What a stack exports to others, and what it imports from them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from validator.aws import attributes_read
from validator.graph import values as v
from validator.graph.imports import imported
from validator.graph.world import Declared
from validator.readers.cloudformation.nodes import member
from validator.readers.cloudformation.scope import Scope, scopes
from validator.readers.cloudformation.template import Written


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
    return found


def _value(scope: Scope, output: Written) -> v.Node | None:
    exists = scope.exists(output)
    if isinstance(exists, v.Unknown):
        return exists
    node = output.get("Value")
    return None if node is None or not exists.value else scope.fresh(node)


def _imports(top: Scope, resources: Iterable[Declared]) -> frozenset[str]:
    stacks = top.stack.everyone()
    if not any("ImportValue" in stack.template.source.text for stack in stacks):
        return frozenset()
    nodes = (
        one.attribute(name)
        for one in resources
        for name in sorted(attributes_read("cloudformation", one.type))
    )
    return frozenset(name for node in nodes if node is not None for name in imported(node))
