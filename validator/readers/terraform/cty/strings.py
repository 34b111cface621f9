"""The string value: a text in pieces, among them the JSON of whole values."""

from __future__ import annotations

from itertools import groupby

from validator.graph.span import Span
from validator.graph.text import Json, Lit, Piece
from validator.graph.values import Node
from validator.readers.terraform.cty.values import (
    MAX_DEPTH,
    MAX_SIZE,
    MAX_TEXT,
    NOWHERE,
    Limit,
    Val,
)

MAX_PIECES = 20_000
TEXT_OF_A_PART = 256
_ESCAPED = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_TABLE = {
    **{number: f"\\u{number:04x}" for number in range(32)},
    **{ord(sign): escaped for sign, escaped in _ESCAPED.items()},
}


class SizedJson(Json):
    """JSON in a text, with the size and depth of its value, and its text once it was needed."""

    __slots__ = ("depth", "known", "size", "written")
    size: int
    depth: int
    known: bool
    written: str | None

    def __init__(self, node: Node, size: int, depth: int) -> None:
        super().__init__(node)
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "depth", depth)
        object.__setattr__(self, "known", False)
        object.__setattr__(self, "written", None)

    def keep(self, written: str | None) -> None:
        """Remember the text."""
        object.__setattr__(self, "written", written)
        object.__setattr__(self, "known", True)


def quoted(text: str) -> str:
    """A JSON string as Go writes it. Raises `Limit` if it is too long."""
    made = f'"{text.translate(_TABLE)}"'
    if len(made) > MAX_TEXT:
        raise Limit(f"this text is longer than {MAX_TEXT} characters")
    return made


def encoded(value: Val, node: Node) -> SizedJson:
    """The JSON of a value as a piece of text. Raises `Limit` if it is nested too deeply."""
    if value.depth >= MAX_DEPTH:
        raise Limit(f"this is nested more than {MAX_DEPTH} deep")
    return SizedJson(node, value.size, value.depth + 1)


def _length(pieces: tuple[Piece, ...]) -> int:
    return sum(len(piece.text) for piece in pieces if isinstance(piece, Lit))


def _compact(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """So many literals that their places matter to nobody, joined."""
    out: list[Piece] = []
    for known, group in groupby(
        pieces, lambda piece: isinstance(piece, Lit) and not piece.sensitive
    ):
        row = list(group)
        if known and _length(tuple(row)) <= MAX_TEXT:
            out.append(Lit("".join(piece.text for piece in row if isinstance(piece, Lit))))
        else:
            out.extend(row)
    return tuple(out)


class Str(Val):
    """A text in pieces."""

    __slots__ = ("depth", "pieces", "size")

    def __init__(self, pieces: tuple[Piece, ...], span: Span = NOWHERE) -> None:
        super().__init__(span)
        if len(pieces) > MAX_PIECES:
            pieces = _compact(pieces)
        length = _length(pieces)
        if len(pieces) > MAX_PIECES or (len(pieces) > 1 and length > MAX_TEXT):
            raise Limit(f"this text is longer than {MAX_TEXT} characters or {MAX_PIECES} pieces")
        self.pieces: tuple[Piece, ...] = pieces
        # A list of many long texts is large too.
        self.size, self.depth = 1 + length // TEXT_OF_A_PART, 0
        for piece in pieces:
            if isinstance(piece, SizedJson):
                self.size += piece.size
                self.depth = max(self.depth, piece.depth)
        if self.size > MAX_SIZE:
            raise Limit(f"this has more than {MAX_SIZE} parts")

    def copy(self) -> Str:
        """The same value, to be used elsewhere."""
        return self._like(Str(self.pieces))


def string(text: str, span: Span = NOWHERE) -> Str:
    """A literal text that was computed."""
    return Str((Lit(text),) if text else (), span)
