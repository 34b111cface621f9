"""Texts in pieces: cutting them, and what open pieces surely do not hold."""

from __future__ import annotations

from collections.abc import Callable

from validator.graph.text import Hole, Json, Lit, Piece, Ref, Symbol
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.values import short
from validator.readers.terraform.functions.registry import Context

_EFFORT = 1_000_000
SPACE = " \t\n\v\f\r\x85\xa0"


def derived(piece: Piece, call: str) -> Hole:
    """What a function makes of an open piece, under a name that tells which."""
    key = text.key_of(Str((piece,)))
    why = piece.why if isinstance(piece, Hole) else f"{key.rpartition('#')[2]} is not known yet"
    supply = piece.supply if isinstance(piece, Hole) else ""
    return Hole(short(f"{call}({key})"), why, supply)


def mapped(value: Str, call: str, change: Callable[[str], str]) -> Str:
    """Each literal stretch changed; open pieces become holes."""
    pieces: list[Piece] = []
    for piece in text.merged(value.pieces):
        pieces.append(Lit(change(piece.text)) if isinstance(piece, Lit) else derived(piece, call))
    made = Str(tuple(pieces), value.span)
    made.trail = value.trail
    return made


def whole(context: Context, value: Str) -> str | None:
    """The literal text, references written out if that is needed; None if it is open."""
    known = text.lit(value)
    return known if known is not None else text.lit(context.expanded(value))


def stripped(value: Str, signs: str, call: str, *, left: bool = True, right: bool = True) -> Str:
    """Without some signs at its ends; an open piece there becomes a hole named by the call."""
    pieces = list(value.pieces)
    while left and pieces:
        first = pieces[0]
        if not isinstance(first, Lit):
            if not isinstance(first, Json):
                pieces[0] = first if _clean(first, signs) else derived(first, call)
            break
        rest = first.text.lstrip(signs)
        if rest:
            pieces[0] = cut(first, len(first.text) - len(rest), len(first.text))
            break
        pieces.pop(0)
    while right and pieces:
        last = pieces[-1]
        if not isinstance(last, Lit):
            if not isinstance(last, Json):
                pieces[-1] = last if _clean(last, signs) else derived(last, call)
            break
        rest = last.text.rstrip(signs)
        if rest:
            pieces[-1] = cut(last, 0, len(rest))
            break
        pieces.pop()
    made = Str(tuple(pieces), value.span)
    made.trail = value.trail
    return made


def _clean(piece: Piece, signs: str) -> bool:
    """Whether an open piece surely holds none of the signs: AWS's names hold no blanks."""
    if isinstance(piece, Symbol):
        return not any(sign.isalnum() or sign in "-." for sign in signs)
    if isinstance(piece, Ref):
        return all(sign in SPACE for sign in signs)
    return False


def cut(piece: Lit, start: int, end: int) -> Lit:
    """A stretch of a literal; the place is kept where it is still known."""
    from validator.graph.span import Span

    words = piece.text[start:end]
    span = piece.span
    if span is not None and start:
        if "\n" in piece.text[:start]:
            span = None
        else:
            span = Span(span.file, span.line, span.column + start, span.end_line, span.end_column)
    return Lit(words, span, piece.margin, piece.sensitive)


def fits(edge: str, words: str, front: bool) -> bool:
    """Whether a text with this literal edge may start (or end) with some words."""
    length = min(len(edge), len(words))
    if front:
        return edge[:length] == words[:length]
    return not length or edge[-length:] == words[-length:]


def dropped(value: Str, count: int, *, front: bool) -> Str:
    """The text without its first or last characters, which must be literal."""
    pieces = list(value.pieces)
    while count and pieces:
        piece = pieces.pop(0 if front else -1)
        if not isinstance(piece, Lit):
            piece = Lit(text.literal((piece,)) or "")
        size = len(piece.text)
        if size > count:
            left = cut(piece, count, size) if front else cut(piece, 0, size - count)
            pieces.insert(0, left) if front else pieces.append(left)
            break
        count -= size
    made = Str(tuple(pieces), value.span)
    made.trail = value.trail
    return made


def straddles(value: Str, old: str) -> bool:
    """Whether an occurrence may lie across the edge of an open piece, or over a whole one."""
    pieces = text.merged(value.pieces)
    if not old or len(pieces) * len(old) ** 2 > _EFFORT:
        return True
    tails = _Tails(pieces, old)
    for place, piece in enumerate(pieces):
        for at in range(1, len(old)):
            if isinstance(piece, Lit):
                begun = piece.text.endswith(old[:at])
            else:
                begun = not free_of(piece, old[:at])
            if begun and tails.may_begin(place + 1, at):
                return True
    return False


class _Tails:
    """Whether the text from a piece on may begin with the rest of some words."""

    def __init__(self, pieces: tuple[Piece, ...], words: str) -> None:
        self._pieces = pieces
        self._words = words
        self._told: dict[tuple[int, int], bool] = {}

    def may_begin(self, place: int, at: int) -> bool:
        """Whether the text from piece `place` on may begin with the words from `at` on."""
        if at == len(self._words):
            return True
        if place == len(self._pieces):
            return False
        if (place, at) not in self._told:
            self._told[place, at] = self._may_begin(self._pieces[place], place, at)
        return self._told[place, at]

    def _may_begin(self, piece: Piece, place: int, at: int) -> bool:
        if isinstance(piece, Lit):
            if piece.text.startswith(self._words[at:]):
                return True
            length = len(piece.text)
            whole = self._words.startswith(piece.text, at)
            return whole and self.may_begin(place + 1, at + length)
        # The open piece is a stretch of the words, perhaps an empty one, or begins with the rest.
        return any(
            not free_of(piece, self._words[at:end])
            and (end == len(self._words) or self.may_begin(place + 1, end))
            for end in range(at, len(self._words) + 1)
        )


def free_of(piece: Piece, words: str) -> bool:
    """Whether an open piece surely does not hold a text.

    Names and numbers hold no `:`, and the ARN of a thing that exists holds no wildcard.
    """
    if isinstance(piece, Symbol):
        return any(not (sign.isalnum() or sign in "-.") for sign in words) or any(
            sign.isupper() for sign in words
        )
    if isinstance(piece, Ref) and piece.attribute in ("name", "id"):
        return any(sign in ':*?"{}$ \n' for sign in words)
    if isinstance(piece, Ref) and piece.attribute == "arn":
        return any(sign in '*?"{}$ \n' for sign in words)
    return False
