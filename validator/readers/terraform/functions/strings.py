"""Functions on texts. What works piece by piece keeps the pieces."""

from __future__ import annotations

import re
from decimal import Decimal

from validator.graph.text import Hole, Lit, Piece, Symbol
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Lazy, Seq
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import BOOL, NUMBER, STRING
from validator.readers.terraform.cty.values import Bool, Limit, Refused, Unk, Val, number, short
from validator.readers.terraform.functions.pieces import (
    SPACE,
    derived,
    dropped,
    fits,
    mapped,
    stripped,
    whole,
)
from validator.readers.terraform.functions.registry import Context, function, open_text

MAX_DIGITS = 2_000
# A character that no letter stands before; of ASCII, only letters change.
_INITIAL = re.compile(r"(?<![\w'])[^\x00-@\[-`{-\x7f]")


@function("lower", "t", STRING)
def lower(context: Context, value: Str) -> Val:
    """Lower case; names that AWS writes in lower case stay what they are."""
    if text.lit(value) is None:
        value = context.expanded(value)
    pieces: list[Piece] = []
    for piece in value.pieces:
        if isinstance(piece, Lit):
            small = _lowered(context, piece.text)
            kept = piece.span if len(small) == len(piece.text) else None
            pieces.append(Lit(small, kept, piece.margin, piece.sensitive))
        elif isinstance(piece, Symbol):
            pieces.append(piece)
        else:
            pieces.append(derived(piece, "lower"))
    return Str(tuple(pieces), value.span)


@function("upper", "t", STRING)
def upper(context: Context, value: Str) -> Val:
    """Upper case."""
    value = value if text.lit(value) is not None else context.expanded(value)
    return mapped(value, "upper", lambda words: _raised(context, words))


def _lowered(context: Context, words: str) -> str:
    if words.isascii():
        return words.lower()
    context.spend(len(words) // 8)
    return "".join(_one(sign, sign.lower()) for sign in words)


def _raised(context: Context, words: str) -> str:
    if words.isascii():
        return words.upper()
    context.spend(len(words) // 8)
    return "".join(_one(sign, sign.upper()) for sign in words)


def _one(sign: str, changed: str) -> str:
    """Go changes one character into one; what has no such form stays."""
    return changed if len(changed) == 1 else sign


@function("title", "s", STRING)
def title(context: Context, value: str) -> Val:
    """The first letter of each word in upper case."""
    context.spend(len(value) // 4)
    return string(_INITIAL.sub(lambda found: _raised(context, found[0]), value))


@function("trimspace", "t", STRING)
def trimspace(context: Context, value: Str) -> Val:
    """Without white space at both ends."""
    return stripped(value, SPACE, "trimspace")


@function("chomp", "t", STRING)
def chomp(context: Context, value: Str) -> Val:
    """Without line breaks at the end."""
    return stripped(value, "\r\n", "chomp", left=False)


@function("trim", "ts", STRING)
def trim(context: Context, value: Str, signs: str) -> Val:
    """Without the given signs at both ends."""
    return stripped(value, signs, f"trim {signs}")


@function("trimprefix", "ts", STRING)
def trimprefix(context: Context, value: Str, prefix: str) -> Val:
    """Without a prefix."""
    return _without(context, value, prefix, "trimprefix", front=True)


@function("trimsuffix", "ts", STRING)
def trimsuffix(context: Context, value: Str, suffix: str) -> Val:
    """Without a suffix."""
    return _without(context, value, suffix, "trimsuffix", front=False)


def _without(context: Context, value: Str, words: str, call: str, *, front: bool) -> Str:
    edge = (text.head if front else text.tail)(value.pieces)
    known = text.lit(value) is not None
    if not known and len(edge) < len(words) and fits(edge, words, front):
        value = context.expanded(value)
        edge = (text.head if front else text.tail)(value.pieces)
        known = text.lit(value) is not None
    if edge.startswith(words) if front else edge.endswith(words):
        return dropped(value, len(words), front=front)
    if known or not fits(edge, words, front):
        return value
    key = short(f"{call}({text.key_of(value)}, {words})")
    piece = next(text.open_pieces(value.pieces))
    hole = derived(piece, call)
    made = Str((Hole(key, hole.why, hole.supply),), value.span)
    made.trail = value.trail
    return made


@function("startswith", "ts", BOOL)
def startswith(context: Context, value: Str, prefix: str) -> Val:
    """Whether a text starts with another."""
    return _edge(context, value, prefix, front=True)


@function("endswith", "ts", BOOL)
def endswith(context: Context, value: Str, suffix: str) -> Val:
    """Whether a text ends with another."""
    return _edge(context, value, suffix, front=False)


def _edge(context: Context, value: Str, words: str, *, front: bool) -> Val:
    for one in (value, context.expanded(value)):
        edge = (text.head if front else text.tail)(one.pieces)
        if edge.startswith(words) if front else edge.endswith(words):
            return Bool(True)
        if text.lit(one) is not None or not fits(edge, words, front):
            return Bool(False)
    open_text(value)
    return value


@function("strcontains", "ts", BOOL)
def strcontains(context: Context, value: Str, words: str) -> Val:
    """Whether a text holds another."""
    known = whole(context, value)
    if known is not None:
        return Bool(words in known)
    for piece in text.merged(context.expanded(value).pieces):
        if isinstance(piece, Lit) and words in piece.text:
            return Bool(True)
    open_text(value)
    return value


@function("strrev", "s", STRING)
def strrev(context: Context, value: str) -> Val:
    """Backwards."""
    return string(value[::-1])


@function("substr", "tnn", STRING)
def substr(context: Context, value: Str, offset: Decimal, length: Decimal) -> Val:
    """A stretch of a text; a negative offset counts from the end, length -1 takes all."""
    start, count = int(offset), int(length)
    known = whole(context, value)
    if known is None:
        front = text.head(context.expanded(value).pieces)
        if start < 0 or count < 0 or start + count > len(front):
            open_text(value)
        known = front
    if start < 0:
        start = max(0, start + len(known))
    if count == 0:
        return string("")
    if start > len(known):
        raise Refused("the offset is behind the end of the text")
    return string(known[start:] if count < 0 else known[start : start + count])


@function("length", "v", NUMBER)
def length(context: Context, value: Val) -> Val:
    """The number of characters, items or entries."""
    from validator.readers.terraform.cty.collections import Obj
    from validator.readers.terraform.functions.registry import give_up

    match value:
        case Str():
            known = whole(context, value)
            if known is None:
                open_text(value)
            return number(len(known or ""))
        case Seq(items=items, rest=rest):
            if rest is not None:
                give_up(rest)
            if value.kind == "set" and len(items) > 1:
                for item in items:
                    if isinstance(item, Unk):
                        give_up(item)
                    if isinstance(item, Str) and text.lit(item) is None:
                        open_text(item)
            return number(len(items))
        case Obj(entries=entries):
            if value.rest is not None:
                give_up(value.rest)
            return number(len(entries))
        case Unk() | Lazy():
            unknown = value.as_whole() if isinstance(value, Lazy) else value
            if unknown.type.kind == "tuple":
                return number(len(unknown.type.items))
            give_up(unknown)
            return unknown
        case _:
            raise Refused("only texts, lists, sets and maps have a length")


@function("parseint", "sn", NUMBER)
def parseint(context: Context, value: str, base: Decimal) -> Val:
    """The whole number that a text is in a base."""
    radix = int(base)
    if not 2 <= radix <= 62:
        raise Refused("the base lies between 2 and 62")
    digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = value[1:] if value[:1] in ("-", "+") else value
    if len(body) > MAX_DIGITS:
        raise Limit(f"this number has more than {MAX_DIGITS} digits")
    if radix <= 36:
        body = body.lower()
    total = 0
    for sign in body:
        place = digits.find(sign)
        if not 0 <= place < radix:
            raise Refused("this is no whole number in that base")
        total = total * radix + place
    if not body:
        raise Refused("this is no whole number in that base")
    return number(-total if value.startswith("-") else total)
