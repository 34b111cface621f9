"""`Fn::ForEach`, written out.

Own code instead of cfn-lint's: expanding is a walk over pairs that the reader makes anyway, while
cfn-lint needs 0.45 s to import and gives dictionaries, in which the places are lost.
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from yaml.nodes import MappingNode, Node

from validator.findings import Diagnostic
from validator.graph import values as v
from validator.graph.text import Hole
from validator.readers.cloudformation.loops import looped_text
from validator.readers.cloudformation.nodes import items, pairs, scalar_text
from validator.readers.cloudformation.template import LANGUAGE_EXTENSIONS, Section, Written

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

FOREACH: Final = "Fn::ForEach::"
MAX_EACH: Final = 2_000
MAX_NESTED: Final = 10


class _Loop:
    """The three parts of one `Fn::ForEach`, or what is wrong with it."""

    def __init__(self, scope: Scope, key: Node, node: Node) -> None:
        self.key = key
        self.unknown: v.Unknown | None = None
        parts = items(node)
        identifier = scalar_text(parts[0]) if len(parts) == 3 else None
        if identifier is None or not isinstance(parts[2], MappingNode):
            self._wrong(scope, "Fn::ForEach takes a name, a list and an object with what to repeat")
            return
        self.identifier = identifier
        self.body = parts[2]
        self.values: list[str] = []
        found = scope.value(parts[1])
        match found:
            case v.Known(value=v.Items(items=written, rest=None)):
                for item in written:
                    words = v.as_text(item)
                    if words is None or words.literal is None:
                        why = _why(item)
                        self.unknown = scope.unknown(key, f"what it repeats is not known: {why}")
                        return
                    self.values.append(words.literal)
            case v.Unknown(why=why, supply=supply):
                why = f"what it repeats is not known: {why}"
                self.unknown = scope.unknown(key, why, supply)
            case _:
                self._wrong(scope, "Fn::ForEach repeats over a list")

    def _wrong(self, scope: Scope, message: str) -> None:
        faults = scope.stack.template.faults
        fault = Diagnostic(scope.span(self.key), message, "syntax")
        if fault not in faults:
            faults.append(fault)
        self.unknown = scope.unknown(self.key, message)


def _why(node: v.Node) -> str:
    if isinstance(node, v.Unknown):
        return node.why
    words = v.as_text(node)
    for piece in words.pieces if words is not None else ():
        if isinstance(piece, Hole):
            return piece.why
    return "an item is no literal text"


def written_out(scope: Scope, section: Section) -> Section:
    """A section with every loop written out; what cannot be is added to `template.opaque`."""
    if not any(name.startswith(FOREACH) for name in section):
        return section
    template = scope.stack.template
    if LANGUAGE_EXTENSIONS not in template.transforms:
        first = next(written for name, written in section.items() if name.startswith(FOREACH))
        message = f"Fn::ForEach needs Transform: {LANGUAGE_EXTENSIONS}"
        template.faults.append(Diagnostic(template.span(first.key), message, "syntax"))
    result: Section = {}
    for written in section.values():
        for one in _instances(scope, written.key, written.body, written.loops, 0):
            if len(result) >= MAX_EACH:
                message = f"Fn::ForEach makes more than {MAX_EACH} of these"
                template.faults.append(Diagnostic(template.span(written.key), message, "limit"))
                template.opaque.append((written.key, message))
                return result
            if one.name in result:
                message = f"{one.name} is declared twice"
                template.faults.append(Diagnostic(template.span(one.key), message, "syntax"))
            result[one.name] = one
    return result


def _instances(
    scope: Scope, key: Node, body: Node, loops: Mapping[str, str], depth: int
) -> Iterator[Written]:
    name: str = key.value
    if not name.startswith(FOREACH):
        yield Written(looped_text(name, loops), key, body, loops)
        return
    inner = scope.looping(loops)
    loop = _Loop(inner, key, body)
    if loop.unknown is None and depth >= MAX_NESTED:
        loop.unknown = _too_deep(inner, key)
    if loop.unknown is not None:
        scope.stack.template.opaque.append((key, f"{name}: {loop.unknown.why}"))
        scope.stack.template.open_loops[id(key)] = (key, body, loop.unknown)
        return
    for value in loop.values:
        for inner_key, inner_body in pairs(loop.body):
            more = {**loops, loop.identifier: value}
            yield from _instances(scope, inner_key, inner_body, more, depth + 1)


def _too_deep(scope: Scope, key: Node) -> v.Unknown:
    return scope.unknown(key, f"loops are nested more than {MAX_NESTED} deep")


def entries_of(
    scope: Scope, key: Node, node: Node, depth: int = 0
) -> tuple[list[v.Entry], v.Unknown | None]:
    """The entries that a loop inside an object makes; the unknown if there may be others."""
    loop = _Loop(scope, key, node)
    if loop.unknown is not None or depth >= MAX_NESTED:
        return [], loop.unknown if loop.unknown is not None else _too_deep(scope, key)
    entries: list[v.Entry] = []
    for value in loop.values:
        inner = scope.looping({loop.identifier: value})
        for inner_key, inner_node in pairs(loop.body):
            if inner_key.value.startswith(FOREACH):
                more, rest = entries_of(inner, inner_key, inner_node, depth + 1)
                entries.extend(more)
                if rest is not None:
                    return entries, rest
                continue
            found = inner.value(inner_node)
            if found is not None:
                entries.append(inner.entry(inner_key, found))
            if len(entries) > MAX_EACH:
                return entries, scope.unknown(key, f"a loop makes more than {MAX_EACH} entries")
    return entries, None
