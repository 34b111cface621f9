"""`Fn::Select`, `Fn::Split` and `Fn::Length`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yaml.nodes import Node

from validator.graph import values as v
from validator.readers.cloudformation.arns import spelled_out
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.nodes import Call, items, scalar_text
from validator.readers.cloudformation.pieces import split as split_text

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope


@function("Fn::Select")
def select(scope: Scope, call: Call) -> v.Node | None:
    """One item of a list, counted from 0."""
    arguments = items(call.argument)
    if len(arguments) != 2:
        return scope.unknown(call.node, "Fn::Select takes an index and a list")
    index = scope.value(arguments[0])
    words = None if index is None else v.as_text(index)
    literal = None if words is None else words.literal
    found = scope.value(arguments[1])
    if isinstance(index, v.Unknown):
        return scope.unknown(call.node, index.why, index.supply)
    if literal is None or not (literal.isascii() and literal.isdigit()) or len(literal) > 9:
        return scope.unknown(call.node, "the index of Fn::Select is no number that is known")
    match found:
        case v.Known(value=v.Items(items=parts, rest=rest), trail=trail):
            if int(literal) < len(parts):
                part = parts[int(literal)]
                for step in reversed(trail):
                    part = v.reached(part, step)
                return v.moved(part, scope.span(call.node))
            if rest is None:
                return scope.unknown(call.node, f"the list has no item {literal}")
            return scope.unknown(call.node, rest.why, rest.supply)
        case v.Unknown(why=why, supply=supply, key=key):
            return scope.unknown(call.node, why, supply, f"{key}[{literal}]" if key else "")
        case _:
            return scope.unknown(call.node, "Fn::Select takes an index and a list")


@function("Fn::Split")
def split(scope: Scope, call: Call) -> v.Node | None:
    """The parts of a text between a delimiter."""
    arguments = items(call.argument)
    delimiter = scalar_text(arguments[0]) if len(arguments) == 2 else None
    if not delimiter:
        return scope.unknown(call.node, "Fn::Split takes a delimiter and a text")
    found = scope.value(arguments[1])
    if isinstance(found, v.Unknown):
        return scope.unknown(call.node, found.why, found.supply)
    words = None if found is None else v.as_text(found)
    if found is None or words is None:
        return scope.unknown(call.node, "Fn::Split takes a delimiter and a text")
    parts, unsettled = split_text(spelled_out(scope, words), delimiter)
    span = scope.span(call.node)
    rest = None
    if unsettled is not None:
        rest = v.Unknown(unsettled.why, span, supply=unsettled.supply)
    return v.Known(v.Items(tuple(v.Known(part, span) for part in parts), rest), span, found.trail)


@function("Fn::Length")
def length(scope: Scope, call: Call) -> v.Node | None:
    """How many items a list has."""
    listed = whole_list(scope, call, call.argument, "Fn::Length takes a list")
    if isinstance(listed, v.Unknown):
        return listed
    return v.Known(Decimal(len(listed.value)), listed.span, listed.trail)


def whole_list(
    scope: Scope, call: Call, argument: Node, otherwise: str
) -> v.Known[tuple[v.Node, ...]] | v.Unknown:
    """All items of an argument that is a list; what the call is where they are not known."""
    match scope.value(argument):
        case v.Known(value=v.Items(items=parts, rest=None), trail=trail):
            return v.Known(parts, scope.span(call.node), trail)
        case v.Known(value=v.Items(rest=v.Unknown() as rest)):
            return scope.unknown(call.node, rest.why, rest.supply)
        case v.Unknown(why=why, supply=supply):
            return scope.unknown(call.node, why, supply)
        case _:
            return scope.unknown(call.node, otherwise)
