"""Functions that take texts apart and put them together."""

from __future__ import annotations

from decimal import Decimal

from validator.graph.text import Json, Lit, Piece, Ref, Symbol
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.convert import as_string
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import STRING, list_of
from validator.readers.terraform.cty.values import MAX_TEXT, Limit, Null, Refused, Unk, Val
from validator.readers.terraform.functions.pieces import cut, derived, free_of, straddles, whole
from validator.readers.terraform.functions.registry import Context, function, open_text


@function("indent", "nt", STRING)
def indent(context: Context, spaces: Decimal, value: Str) -> Val:
    """Blanks at the start of every line but the first."""
    if not 0 <= spaces <= 1000:
        raise Refused("this indentation is negative or too large")
    pad = "\n" + " " * int(spaces)
    pieces: list[Piece] = []
    for piece in value.pieces:
        if isinstance(piece, Lit) and "\n" in piece.text:
            pieces.append(Lit(_within_limit(piece.text, "\n", pad)))
        elif isinstance(piece, Lit | Symbol | Ref) or (
            isinstance(piece, Json) and text.literal((piece,)) is not None
        ):
            pieces.append(piece)
        else:
            pieces.append(derived(piece, "indent"))
    return Str(tuple(pieces), value.span)


def _within_limit(words: str, old: str, new: str) -> str:
    grown = len(words) + words.count(old) * (len(new) - len(old))
    if grown > MAX_TEXT:
        raise Limit(f"this text is longer than {MAX_TEXT} characters")
    return words.replace(old, new)


@function("replace", "tss", STRING)
def replace(context: Context, value: Str, old: str, new: str) -> Val:
    """Every occurrence of a text or, between slashes, of a regular expression."""
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        known = whole(context, value)
        if known is None:
            open_text(value)
        from validator.readers.terraform.functions.regex import substituted

        return string(substituted(context, old[1:-1], new, known or ""))
    known = text.lit(value)
    if known is None and straddles(value, old):
        value = context.expanded(value)
        known = text.lit(value)
        if known is None and straddles(value, old):
            open_text(value)
    if known is not None:
        return string(_within_limit(known, old, new)) if old else string(_between(known, new))
    pieces: list[Piece] = []
    for piece in text.merged(value.pieces):
        if isinstance(piece, Lit):
            pieces.append(Lit(_within_limit(piece.text, old, new)))
        elif free_of(piece, old):
            pieces.append(piece)
        else:
            pieces.append(derived(piece, f"replace {old} {new}"))
    return Str(tuple(pieces), value.span)


def _between(words: str, new: str) -> str:
    if len(words) * len(new) > MAX_TEXT:
        raise Limit(f"this text is longer than {MAX_TEXT} characters")
    return new + "".join(sign + new for sign in words)


@function("split", "st", list_of(STRING))
def split(context: Context, separator: str, value: Str) -> Val:
    """The parts of a text between separators."""
    known = text.lit(value)
    if known is not None:
        parts = known.split(separator) if separator else list(known)
        context.spend(len(parts))
        return Seq("list", [string(part) for part in parts], STRING)
    value = context.expanded(value)
    for piece in text.open_pieces(value.pieces):
        # Neither in an open piece nor across its edge may a separator lie.
        if not separator or not (free_of(piece, separator[0]) and free_of(piece, separator[-1])):
            open_text(value)
    rows: list[list[Piece]] = [[]]
    for piece in value.pieces:
        if not isinstance(piece, Lit):
            rows[-1].append(piece)
            continue
        at = 0
        for place, part in enumerate(piece.text.split(separator)):
            if place:
                rows.append([])
            if part:
                rows[-1].append(cut(piece, at, at + len(part)))
            at += len(part) + len(separator)
    items: list[Val] = [Str(tuple(row), value.span) for row in rows]
    return Seq("list", items, STRING)


@function("join", "tv*", STRING)
def join(context: Context, separator: Str, *lists: Val) -> Val:
    """Items with a separator between them."""
    from validator.readers.terraform.functions.registry import give_up

    pieces: list[Piece] = []
    first = True
    items: list[Val] = []
    for one in lists:
        if isinstance(one, Unk):
            give_up(one)
        if not isinstance(one, Seq):
            raise Refused("join needs lists")
        if one.rest is not None:
            give_up(one.rest)
        items.extend(one.items)
    context.spend(len(items))
    for item in items:
        if isinstance(item, Null):
            raise Refused("an item to join is null")
        words = as_string(item)
        if not first:
            pieces.extend(separator.pieces)
        first = False
        if isinstance(words, Unk):
            if words.error and words.dangling is None:
                return words
            pieces.append(words.piece())
        elif isinstance(words, Str):
            pieces.extend(words.pieces)
        if len(pieces) > 200_000:
            raise Limit("this text has more than 200000 pieces")
    return Str(tuple(pieces))
