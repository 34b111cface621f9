"""JSON texts in pieces, to nodes that know where every key and value stands.

Unknown pieces inside a JSON string stay pieces of that string; anywhere else they become an
unknown value, and whatever may hang on them is no fault. No recursion, and budgets on depth and
size: the text may come from a stranger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from validator.graph.values import (
    Datum,
    Entry,
    Fields,
    Items,
    Json,
    Known,
    Lit,
    Node,
    Piece,
    Span,
    Text,
    Unknown,
    as_text,
    text,
)
from validator.policy.json_source import Source
from validator.policy.question import Fault

SIZE = 1_000_000
DEPTH = 40
VALUES = 100_000

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SHORT = re.compile(r"[-0-9.]{1,100}(?:[eE][+-]?[0-9]{1,2})?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_PLAIN = re.compile(r"[^\s,\]}\[{:\"]+")
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES = dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t', strict=True))
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class _FaultError(Exception):
    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


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
    except _FaultError as error:
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


class _Parser:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._text: str = source.text
        self._mark: str = source.mark
        self._string = re.compile(r'[^"\\\x00-\x1f' + self._mark + "]*")
        self._at: int = 0
        self._values = 0
        self._open: list[_Open] = []

    def document(self) -> Node:
        """The one value of the text."""
        self._space()
        if self._at >= len(self._text):
            raise _FaultError(max(self._at - 1, 0), "the document is empty")
        if self._peek() == self._mark:
            return self._bare()
        value = self._value()
        while self._open:
            value = self._onward(value)
        self._space()
        if self._at < len(self._text) or value is None:
            if self._peek() == self._mark:
                return self._source.gap(self._at)
            raise _FaultError(self._at, "something follows after the end of the document")
        return value

    def _bare(self) -> Node:
        """A document that starts with an unknown piece: the value of that piece, or unknown."""
        start = self._at
        piece = self._source.unknown[start]
        self._at += 1
        self._space()
        if isinstance(piece, Json) and self._at == len(self._text):
            return piece.node
        return self._source.gap(start)

    # --- lists and objects ---------------------------------------------------------------------

    def _onward(self, value: Node | None) -> Node | None:
        """Put a finished value in its place and read on; a value that ends its holder comes back.

        None means that a list or object was opened and has nothing in it yet.
        """
        holder = self._open[-1]
        if value is None:
            self._space()
            if self._peek() == holder.end:
                return self._close(holder)
            return self._next(holder)
        holder.put(value)
        self._skip_unknown(holder)
        sign = self._peek()
        if sign == holder.end:
            return self._close(holder)
        if sign == ",":
            comma = self._at
            self._at += 1
            self._space()
            if self._peek() == holder.end:
                raise _FaultError(comma, "a comma before the end")
        elif not holder.loose or not sign:
            inside = "list" if holder.items is not None else "object"
            raise _FaultError(self._place(), f"a comma or the end of the {inside} is missing here")
        return self._next(holder)

    def _next(self, holder: _Open) -> Node | None:
        """The next value of a list, or the next key and value of an object."""
        holder.loose = False
        if holder.items is not None:
            return self._value()
        while self._peek() == self._mark:
            self._skip_unknown(holder)
            if self._peek() == ":":
                holder.key = None
                return self._after_colon()
            if self._peek() == ",":
                self._at += 1
                self._space()
            if self._peek() == holder.end:
                return self._close(holder)
        if self._peek() != '"':
            raise _FaultError(self._place(), "a key in double quotes is missing here")
        start = self._at
        key = self._quoted()
        holder.key = (key, self._source.span(start, self._at))
        self._space()
        if self._peek() != ":":
            raise _FaultError(self._place(), "a colon is missing after the key")
        return self._after_colon()

    def _after_colon(self) -> Node | None:
        self._at += 1
        self._space()
        return self._value()

    def _close(self, holder: _Open) -> Node:
        self._at += 1
        self._open.pop()
        span = self._source.span(holder.start, self._at)
        if holder.items is not None:
            return Known(Items(tuple(holder.items), holder.rest), span)
        return Known(Fields(tuple(holder.entries or ()), holder.rest), span)

    def _skip_unknown(self, holder: _Open) -> None:
        """Unknown pieces between values may hold further ones, and commas."""
        self._space()
        while self._peek() == self._mark:
            if holder.rest is None:
                holder.rest = self._source.gap(self._at)
            holder.loose = True
            self._at += 1
            self._space()

    # --- scalars -------------------------------------------------------------------------------

    def _value(self) -> Node | None:
        """A scalar, or None after a list or object was opened."""
        self._values += 1
        if self._values > VALUES:
            raise _FaultError(self._place(), f"more than {VALUES} values")
        sign = self._peek()
        start = self._at
        if sign in ("{", "[") and sign:
            if len(self._open) >= DEPTH:
                raise _FaultError(start, f"nested deeper than {DEPTH}")
            self._at += 1
            opened = _Open(start, entries=[]) if sign == "{" else _Open(start, items=[])
            self._open.append(opened)
            return None
        if sign == '"':
            words = self._quoted()
            return Known(words, self._source.span(start, self._at))
        if sign == self._mark:
            piece = self._source.unknown[start]
            self._at += 1
            self._loosen()
            node = piece.node if isinstance(piece, Json) else self._source.gap(start)
            return self._with_tail(node, known=isinstance(piece, Json))
        datum = self._plain()
        return self._with_tail(Known(datum, self._source.span(start, self._at)), known=True)

    def _loosen(self) -> None:
        if self._open:
            self._open[-1].loose = True

    def _plain(self) -> Datum:
        number = _NUMBER.match(self._text, self._at)
        if number:
            self._at = number.end()
            return _number(number[0])
        word = _WORD.match(self._text, self._at)
        if word and word[0] in _WORDS:
            self._at = word.end()
            return _WORDS[word[0]]
        shown = word[0] if word else self._peek()
        what = f"{shown!r} is no JSON value" if shown else "the document ends too early"
        raise _FaultError(self._place(), what)

    def _with_tail(self, node: Node, *, known: bool) -> Node:
        """A value with an unknown piece right behind it is unknown itself: `1${x}`, `${x}2`."""
        while self._at < len(self._text):
            if self._peek() == self._mark:
                node, known = self._source.gap(self._at), False
                self._at += 1
                self._loosen()
            elif not known and (found := _PLAIN.match(self._text, self._at)):
                self._at = found.end()
            else:
                break
        return node

    # --- tokens --------------------------------------------------------------------------------

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _place(self) -> int:
        return min(self._at, max(len(self._text) - 1, 0))

    def _space(self) -> None:
        found = _SPACE.match(self._text, self._at)
        if found:
            self._at = found.end()

    def _quoted(self) -> Text:
        """A JSON string with its pieces; the cursor stands on its opening quote."""
        opening = self._at
        self._at += 1
        pieces: list[Piece] = []
        while True:
            found = self._string.match(self._text, self._at)
            if found and found.end() > self._at:
                pieces.extend(self._source.literal(self._at, found.end()))
                self._at = found.end()
            sign = self._peek()
            if sign == '"':
                self._at += 1
                return Text(tuple(pieces))
            if sign == self._mark:
                pieces.extend(_inside(self._source.unknown[self._at]))
                self._at += 1
            elif sign == "\\":
                pieces.append(self._escape())
            elif not sign:
                raise _FaultError(opening, "this text is never closed")
            else:
                raise _FaultError(self._at, "a line break or control character inside a text")

    def _escape(self) -> Lit:
        start = self._at
        letter = self._text[start + 1 : start + 2]
        if letter == "u":
            code = self._hex(start + 2)
            self._at = start + 6
            if 0xD800 <= code < 0xDC00 and self._text.startswith("\\u", self._at):
                low = self._hex(self._at + 2)
                if 0xDC00 <= low < 0xE000:
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                    self._at += 6
            if 0xD800 <= code < 0xE000:
                raise _FaultError(start, "half of a surrogate pair")
            return Lit(chr(code), self._source.span(start, self._at))
        if letter not in _ESCAPES or not letter:
            raise _FaultError(start, f"\\{letter} is no escape")
        self._at = start + 2
        return Lit(_ESCAPES[letter], self._source.span(start, self._at))

    def _hex(self, at: int) -> int:
        found = _HEX.match(self._text, at)
        if not found:
            raise _FaultError(min(at, len(self._text) - 1), "four hexadecimal digits are missing")
        return int(found[0], 16)


def _inside(piece: Piece) -> tuple[Piece, ...]:
    """An unknown piece within a string; a JSON text of a scalar is that scalar's text."""
    if isinstance(piece, Json):
        node = piece.node
        if isinstance(node, Known) and isinstance(node.value, bool | Decimal):
            words = as_text(node)
            return words.pieces if words is not None else ()
    return (piece,)


def _number(written: str) -> Decimal | Text:
    """A number, or its text where writing it out in full would be no use to anybody."""
    return Decimal(written) if _SHORT.fullmatch(written) else text(written)
