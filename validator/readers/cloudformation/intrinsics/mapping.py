"""`Fn::FindInMap`.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html>
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaml.nodes import Node

from validator.graph import values as v
from validator.graph.span import Span
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.nodes import Call, items, member, pairs
from validator.readers.cloudformation.pieces import open_piece

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope


@function("Fn::FindInMap")
def find_in_map(scope: Scope, call: Call) -> v.Node | None:
    """The value under two keys of a mapping.

    Where a key is open, the value is known if the mapping holds the same under each.
    """
    arguments = items(call.argument)
    if len(arguments) not in (3, 4):
        return scope.unknown(call.node, "Fn::FindInMap takes a mapping and two keys")
    keys = [scope.value(argument) for argument in arguments[:3]]
    words = [None if key is None else v.as_text(key) for key in keys]
    literals = [None if text is None else text.literal for text in words]
    default = member(arguments[3], "DefaultValue") if len(arguments) == 4 else None
    span = scope.span(call.node)
    name = literals[0]
    mapping = None if name is None else scope.stack.template.mapping(name)
    if name is not None and mapping is None:
        if default is not None:
            return _moved(scope.value(default), span)
        return scope.unknown(call.node, f"there is no mapping {name}")
    if mapping is not None and None not in literals:
        found = list(_entries(mapping, literals[1], literals[2]))
        if found:
            step = v.Step(f"mapping {name}, {literals[1]}, {literals[2]}", scope.span(found[0]))
            value = scope.value(found[0])
            return None if value is None else v.moved(v.reached(value, step), span)
        if default is not None:
            return _moved(scope.value(default), span)
        shown = f"{literals[1]}, {literals[2]}"
        return scope.unknown(call.node, f"mapping {name} has no {shown}")
    if mapping is not None and default is None:
        alike = _alike(scope, mapping, literals[1], literals[2])
        if alike is not None:
            return v.moved(alike, span)
    return _unsettled(scope, call.node, keys, name)


def _unsettled(scope: Scope, node: Node, keys: list[v.Node | None], name: str | None) -> v.Unknown:
    what = f"mapping {name}" if name else "a mapping"
    for key in keys:
        why, supply = _open(key)
        if why:
            return scope.unknown(node, f"what {what} gives is not known: {why}", supply)
    return scope.unknown(node, f"the keys into {what} are not known")


def _open(key: v.Node | None) -> tuple[str, str]:
    if isinstance(key, v.Unknown):
        return key.why, key.supply
    words = None if key is None else v.as_text(key)
    for piece in words.pieces if words is not None else ():
        found = open_piece(piece)
        if found is not None:
            return found.why, found.supply
    return "", ""


def _moved(value: v.Node | None, span: Span) -> v.Node | None:
    return None if value is None else v.moved(value, span)


def _alike(scope: Scope, mapping: Node, first: str | None, second: str | None) -> v.Node | None:
    """What a mapping holds under each key that may be meant, if that is the same."""
    asked = (id(mapping), first, second, *scope.loops.items())
    if asked not in scope.mapped:
        values = [scope.value(node) for node in _entries(mapping, first, second)]
        alike = bool(values) and all(_same(values[0], value) for value in values[1:])
        scope.mapped[asked] = values[0] if alike else None
    return scope.mapped[asked]


def _entries(mapping: Node, first: str | None, second: str | None) -> Iterator[Node]:
    for inner in _values(mapping, first):
        yield from _values(inner, second)


def _values(mapping: Node, name: str | None) -> Iterator[Node]:
    """The value under a key, or each of them."""
    if name is None:
        yield from (value for _, value in pairs(mapping))
    elif (value := member(mapping, name)) is not None:
        yield value


def _same(one: v.Node | None, other: v.Node | None) -> bool:
    match one, other:
        case v.Known(value=v.Items(items=left)), v.Known(value=v.Items(items=right)):
            return len(left) == len(right) and all(map(_same, left, right))
        case v.Known(), v.Known():
            left_words, right_words = v.as_text(one), v.as_text(other)
            if left_words is None or right_words is None:
                return False
            return left_words.matches(right_words)
        case _:
            return False
