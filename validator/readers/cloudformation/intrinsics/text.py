"""`Fn::Join`, and how texts are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.nodes import Node, SequenceNode

from validator.graph import values as v
from validator.graph.span import Span
from validator.graph.text import Lit, Piece, Text
from validator.readers.cloudformation.dynamic import settled_later
from validator.readers.cloudformation.intrinsics.lists import whole_list
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.nodes import Call, items, scalar_text
from validator.readers.cloudformation.pieces import MAX_PIECES, MAX_TEXT

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

_MAX_TRAIL = 16


class Built:
    """A text that is being put together from values.

    `spoiled` is set once no text can come of it any more: a part is a list, or it grew too large.
    """

    def __init__(self, span: Span) -> None:
        self.span = span
        self.spoiled = ""
        self._pieces: list[Piece] = []
        self._trail: dict[v.Step, None] = {}
        self._size = 0

    def lits(self, lits: tuple[Lit, ...]) -> None:
        """Add literal text."""
        self._pieces.extend(lits)
        self._grow(sum(len(lit.text) for lit in lits))

    def put(self, node: v.Node | None) -> None:
        """Add a value."""
        if node is None:
            self.spoiled = self.spoiled or "AWS::NoValue is no text"
            return
        words = v.as_text(node)
        if words is None:
            self.spoiled = self.spoiled or "a list or an object cannot be put into a text"
            return
        self._pieces.extend(words.pieces)
        for step in node.trail:
            if len(self._trail) < _MAX_TRAIL:
                self._trail[step] = None
        self._grow(sum(len(piece.text) for piece in words.pieces if isinstance(piece, Lit)))

    def node(self, scope: Scope, node: Node) -> v.Node:
        """What came of it."""
        if self.spoiled:
            return scope.unknown(node, self.spoiled)
        scope.budget.spend(len(self._pieces))
        return v.Known(Text(tuple(self._pieces)), self.span, tuple(self._trail))

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > MAX_TEXT or len(self._pieces) > MAX_PIECES:
            self._pieces.clear()
            self.spoiled = "this text grows larger than anything AWS takes"


@function("Fn::Join")
def join(scope: Scope, call: Call) -> v.Node | None:
    """The items of a list with a delimiter between them."""
    arguments = items(call.argument)
    delimiter = scalar_text(arguments[0]) if len(arguments) == 2 else None
    if delimiter is None or not isinstance(call.argument, SequenceNode):
        return scope.unknown(call.node, "Fn::Join takes a delimiter and a list")
    listed = whole_list(scope, call, arguments[1], "Fn::Join takes a delimiter and a list")
    if isinstance(listed, v.Unknown):
        return listed
    parts, trail = listed.value, listed.trail
    built = Built(scope.span(call.node))
    for index, part in enumerate(parts):
        if index and delimiter:
            built.lits((Lit(delimiter),))
        built.put(part)
        if built.spoiled:
            break
    found = built.node(scope, call.node)
    if isinstance(found, v.Known) and isinstance(found.value, Text):
        steps = tuple(dict.fromkeys((*trail, *found.trail)))
        return v.Known(settled_later(found.value, scope.reading_place), found.span, steps)
    return found
