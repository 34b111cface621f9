"""What other stacks and transforms give: `Fn::ImportValue` and `Fn::Transform`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.graph import values as v
from validator.graph.imports import EXPORT
from validator.graph.text import Hole, Text
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.nodes import Call, member, scalar_text

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope


@function("Fn::ImportValue")
def import_value(scope: Scope, call: Call) -> v.Node | None:
    """The export of another stack; its key is `export#` and the export's name, if that is known."""
    found = scope.value(call.argument)
    words = None if found is None else v.as_text(found)
    if words is None:
        return scope.unknown(call.node, "Fn::ImportValue takes a name")
    why = f"it is exported by another stack as {words}"
    # A name that is put together from open parts is known to this stack only, and a stack set
    # imports in accounts and regions of its own.
    known = words.literal is not None and not scope.stack.elsewhere
    key = f"{EXPORT}{words.literal}" if known else scope.key_at(call.node)
    hole = Hole(key, why, "give the template that exports it in the same run")
    trail = () if found is None else found.trail
    return v.Known(Text((hole,)), scope.span(call.node), trail)


@function("Fn::Transform")
def transform(scope: Scope, call: Call) -> v.Node | None:
    """What a macro writes here."""
    name = scalar_text(member(call.argument, "Name")) or "a macro"
    return scope.unknown(call.node, f"{name} writes this at the deploy")
