"""JSON texts in pieces, to nodes that know where every key and value stands.

Unknown pieces inside a JSON string stay pieces of that string; anywhere else they become an
unknown value, and whatever may hang on them is no fault. No recursion, and budgets on depth and
size: the text may come from a stranger.
"""

from __future__ import annotations

import re

from validator.graph.span import Span
from validator.graph.text import Json, Lit, Text
from validator.graph.values import Entry, Fields, Items, Known, Node, Unknown
from validator.policy.json_scan import JsonFaultError, Scanner
from validator.policy.json_source import Source
from validator.policy.question import Fault
from validator.records import dataclass

SIZE = 1_000_000
DEPTH = 40
VALUES = 100_000

_PLAIN = re.compile(r"[^\s,\]}\[{:\"]+")


def parse_json(words: Text, span: Span) -> Node | Fault:
    """Read a JSON text; malformed JSON is a `Fault` at its place.

    `span` is the place of the whole text, for pieces that do not know their own. Keys that are
    repeated stay repeated entries.
    """
    pieces = [piece for piece in words.pieces if not (isinstance(piece, Lit) and not piece.text)]
    if len(pieces) == 1 and isinstance(pieces[0], Json):
        return pieces[0].node
    source = Source(pieces, span)
    if len(source.text) > SIZE:
        return Fault(span, f"The document is longer than {SIZE} characters")
    try:
        return _Parser(source).document()
    except JsonFaultError as error:
        place = source.span(error.offset, error.offset + 1)
        return Fault(place, f"Malformed JSON: {error.message}")


@dataclass(slots=True)
class _Open:
    """A list or object that is not closed yet. `loose`: an unknown piece may hold the comma."""

    start: int
    items: list[Node] | None = None
    entries: list[Entry] | None = None
    key: tuple[Text, Span] | None = None
    rest: Unknown | None = None
    loose: bool = False

    @property
    def end(self) -> str:
        """What closes it."""
        return "}" if self.items is None else "]"

    def put(self, value: Node) -> None:
        """Take a finished value; one under an unknown key is known to be there and no more."""
        if self.items is not None:
            self.items.append(value)
        elif self.entries is not None and self.key is not None:
            self.entries.append(Entry(self.key[0], value, self.key[1]))


class _Parser(Scanner):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._values = 0
        self._open: list[_Open] = []

    def document(self) -> Node:
        """The one value of the text."""
        self.space()
        if self.at >= len(self.text):
            raise JsonFaultError(max(self.at - 1, 0), "the document is empty")
        if self.peek() == self.mark:
            return self._bare()
        value = self._value()
        while self._open:
            value = self._onward(value)
        self.space()
        if self.at < len(self.text) or value is None:
            if self.peek() == self.mark:
                return self.source.gap(self.at)
            raise JsonFaultError(self.at, "something follows after the end of the document")
        return value

    def _bare(self) -> Node:
        """A document that starts with an unknown piece: the value of that piece, or unknown."""
        start = self.at
        piece = self.source.unknown[start]
        self.at += 1
        self.space()
        if isinstance(piece, Json) and self.at == len(self.text):
            return piece.node
        return self.source.gap(start)

    # --- lists and objects ---------------------------------------------------------------------

    def _onward(self, value: Node | None) -> Node | None:
        """Put a finished value in its place and read on; a value that ends its holder comes back.

        None means that a list or object was opened and has nothing in it yet.
        """
        holder = self._open[-1]
        if value is None:
            self.space()
            if self.peek() == holder.end:
                return self._close(holder)
            return self._next(holder)
        holder.put(value)
        self._skip_unknown(holder)
        sign = self.peek()
        if sign == holder.end:
            return self._close(holder)
        if sign == ",":
            comma = self.at
            self.at += 1
            self.space()
            if self.peek() == holder.end:
                raise JsonFaultError(comma, "a comma before the end")
        elif not holder.loose or not sign:
            inside = "list" if holder.items is not None else "object"
            raise JsonFaultError(
                self.place(), f"a comma or the end of the {inside} is missing here"
            )
        return self._next(holder)

    def _next(self, holder: _Open) -> Node | None:
        """The next value of a list, or the next key and value of an object."""
        holder.loose = False
        if holder.items is not None:
            return self._value()
        while self.peek() == self.mark:
            self._skip_unknown(holder)
            if self.peek() == ":":
                holder.key = None
                return self._after_colon()
            if self.peek() == ",":
                self.at += 1
                self.space()
            if self.peek() == holder.end:
                return self._close(holder)
        if self.peek() != '"':
            raise JsonFaultError(self.place(), "a key in double quotes is missing here")
        start = self.at
        key = self.quoted()
        holder.key = (key, self.source.span(start, self.at))
        self.space()
        if self.peek() != ":":
            raise JsonFaultError(self.place(), "a colon is missing after the key")
        return self._after_colon()

    def _after_colon(self) -> Node | None:
        self.at += 1
        self.space()
        return self._value()

    def _close(self, holder: _Open) -> Node:
        self.at += 1
        self._open.pop()
        span = self.source.span(holder.start, self.at)
        if holder.items is not None:
            return Known(Items(tuple(holder.items), holder.rest), span)
        return Known(Fields(tuple(holder.entries or ()), holder.rest), span)

    def _skip_unknown(self, holder: _Open) -> None:
        """Unknown pieces between values may hold further ones, and commas."""
        self.space()
        while self.peek() == self.mark:
            if holder.rest is None:
                holder.rest = self.source.gap(self.at)
            holder.loose = True
            self.at += 1
            self.space()

    # --- values --------------------------------------------------------------------------------

    def _value(self) -> Node | None:
        """A scalar, or None after a list or object was opened."""
        self._values += 1
        if self._values > VALUES:
            raise JsonFaultError(self.place(), f"more than {VALUES} values")
        sign = self.peek()
        start = self.at
        if sign in ("{", "[") and sign:
            if len(self._open) >= DEPTH:
                raise JsonFaultError(start, f"nested deeper than {DEPTH}")
            self.at += 1
            opened = _Open(start, entries=[]) if sign == "{" else _Open(start, items=[])
            self._open.append(opened)
            return None
        if sign == '"':
            words = self.quoted()
            return Known(words, self.source.span(start, self.at))
        if sign == self.mark:
            piece = self.source.unknown[start]
            self.at += 1
            self._loosen()
            node = piece.node if isinstance(piece, Json) else self.source.gap(start)
            return self._with_tail(node, known=isinstance(piece, Json))
        datum = self.plain()
        return self._with_tail(Known(datum, self.source.span(start, self.at)), known=True)

    def _loosen(self) -> None:
        if self._open:
            self._open[-1].loose = True

    def _with_tail(self, node: Node, *, known: bool) -> Node:
        """A value with an unknown piece right behind it is unknown itself: `1${x}`, `${x}2`."""
        while self.at < len(self.text):
            if self.peek() == self.mark:
                node, known = self.source.gap(self.at), False
                self.at += 1
                self._loosen()
            elif not known and (found := _PLAIN.match(self.text, self.at)):
                self.at = found.end()
            else:
                break
        return node
