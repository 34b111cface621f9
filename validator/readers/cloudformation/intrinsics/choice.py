"""`Fn::If`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.nodes import Node

from validator.graph import values as v
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.loops import looped_text
from validator.readers.cloudformation.nodes import Call, items, scalar_text

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope


def branches(argument: Node) -> tuple[str, Node, Node] | None:
    """The condition's name and both branches; None if it is malformed."""
    parts = items(argument)
    name = scalar_text(parts[0]) if len(parts) == 3 else None
    return None if name is None else (name, parts[1], parts[2])


@function("Fn::If")
def if_(scope: Scope, call: Call) -> v.Node | None:
    """The branch that the condition chooses; unknown if it is open."""
    found = branches(call.argument)
    if found is None:
        return scope.unknown(call.node, "Fn::If takes a condition's name and two values")
    name, then, otherwise = found
    name = looped_text(name, scope.loops)
    answer = scope.condition(name, call.node)
    if isinstance(answer, v.Unknown):
        why = f"it depends on condition {name}: {answer.why}"
        return scope.unknown(call.node, why, answer.supply)
    branch = then if answer.value else otherwise
    chosen = scope.value(branch)
    if chosen is None:
        return None
    words = f"condition {name} is {'true' if answer.value else 'false'}"
    step = v.Step(words, scope.span(branch))
    return v.moved(v.reached(chosen, step), scope.span(call.node))
