"""Functions on texts. What works piece by piece keeps the pieces."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from validator.graph.values import Hole, Json, Lit, Piece, Ref, Symbol
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.convert import as_string
from validator.readers.terraform.cty.types import BOOL, NUMBER, STRING, list_of
from validator.readers.terraform.cty.values import (
    MAX_TEXT,
    Bool,
    Limit,
    Null,
    Refused,
    Seq,
    Str,
    Unk,
    Val,
    number,
    string,
)
from validator.readers.terraform.functions.registry import Context, function, open_text

_SPACE = " \t\n\v\f\r\x85\xa0"


def derived(piece: Piece, call: str) -> Hole:
    """What a function makes of an open piece, under a name that tells which."""
    key = text.key_of(Str((piece,)))
    why = piece.why if isinstance(piece, Hole) else f"{key.rpartition('#')[2]} is not known yet"
    supply = piece.supply if isinstance(piece, Hole) else ""
    return Hole(f"{call}({key})", why, supply)


def _mapped(value: Str, call: str, change: Callable[[str], str]) -> Str:
    """Each literal stretch changed; open pieces become holes."""
    pieces: list[Piece] = []
    for piece in text.merged(value.pieces):
        pieces.append(Lit(change(piece.text)) if isinstance(piece, Lit) else derived(piece, call))
    made = Str(tuple(pieces), value.span)
    made.trail = value.trail
    return made


def _whole(context: Context, value: Str) -> str | None:
    known = text.lit(value)
    return known if known is not None else text.lit(context.expanded(value))


@function("lower", "t", STRING)
def lower(context: Context, value: Str) -> Val:
    """Lower case; names that AWS writes in lower case stay what they are."""
    if text.lit(value) is None:
        value = context.expanded(value)
    pieces: list[Piece] = []
    for piece in value.pieces:
        if isinstance(piece, Lit):
            small = _lowered(piece.text)
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
    return _mapped(value, "upper", _raised)


def _lowered(words: str) -> str:
    if words.isascii():
        return words.lower()
    return "".join(_one(sign, sign.lower()) for sign in words)


def _raised(words: str) -> str:
    if words.isascii():
        return words.upper()
    return "".join(_one(sign, sign.upper()) for sign in words)


def _one(sign: str, changed: str) -> str:
    """Go changes one character into one; what has no such form stays."""
    return changed if len(changed) == 1 else sign


@function("title", "s", STRING)
def title(context: Context, value: str) -> Val:
    """The first letter of each word in upper case."""
    out: list[str] = []
    before = " "
    for sign in value:
        letter = before.isalnum() or before in "_'"
        out.append(sign if letter else _one(sign, sign.upper()))
        before = sign
    return string("".join(out))


@function("trimspace", "t", STRING)
def trimspace(context: Context, value: Str) -> Val:
    """Without white space at both ends."""
    return _stripped(value, _SPACE, "trimspace")


def _stripped(value: Str, signs: str, call: str, *, left: bool = True, right: bool = True) -> Str:
    pieces = list(value.pieces)
    while left and pieces:
        first = pieces[0]
        if not isinstance(first, Lit):
            if not isinstance(first, Json):
                pieces[0] = first if _clean(first, signs) else derived(first, call)
            break
        rest = first.text.lstrip(signs)
        cut = len(first.text) - len(rest)
        if rest:
            pieces[0] = _cut(first, cut, len(first.text))
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
            pieces[-1] = _cut(last, 0, len(rest))
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
        return all(sign in _SPACE for sign in signs)
    return False


def _cut(piece: Lit, start: int, end: int) -> Lit:
    """A stretch of a literal; the place is kept where it is still known."""
    from validator.graph.values import Span

    words = piece.text[start:end]
    span = piece.span
    if span is not None and start:
        if "\n" in piece.text[:start]:
            span = None
        else:
            span = Span(span.file, span.line, span.column + start, span.end_line, span.end_column)
    return Lit(words, span, piece.margin, piece.sensitive)


@function("chomp", "t", STRING)
def chomp(context: Context, value: Str) -> Val:
    """Without line breaks at the end."""
    return _stripped(value, "\r\n", "chomp", left=False)


@function("trim", "ts", STRING)
def trim(context: Context, value: Str, signs: str) -> Val:
    """Without the given signs at both ends."""
    return _stripped(value, signs, f"trim {signs}")


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
    if not known and len(edge) < len(words) and _fits(edge, words, front):
        value = context.expanded(value)
        edge = (text.head if front else text.tail)(value.pieces)
        known = text.lit(value) is not None
    if edge.startswith(words) if front else edge.endswith(words):
        return dropped(value, len(words), front=front)
    if known or not _fits(edge, words, front):
        return value
    key = f"{call}({text.key_of(value)}, {words})"
    piece = next(text.open_pieces(value.pieces))
    hole = derived(piece, call)
    made = Str((Hole(key, hole.why, hole.supply),), value.span)
    made.trail = value.trail
    return made


def _fits(edge: str, words: str, front: bool) -> bool:
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
            left = _cut(piece, count, size) if front else _cut(piece, 0, size - count)
            pieces.insert(0, left) if front else pieces.append(left)
            break
        count -= size
    made = Str(tuple(pieces), value.span)
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
        if text.lit(one) is not None or not _fits(edge, words, front):
            return Bool(False)
    open_text(value)
    return value


@function("strcontains", "ts", BOOL)
def strcontains(context: Context, value: Str, words: str) -> Val:
    """Whether a text holds another."""
    known = _whole(context, value)
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
    known = _whole(context, value)
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
        known = _whole(context, value)
        if known is None:
            open_text(value)
        from validator.readers.terraform.functions.regex import substituted

        return string(substituted(context, old[1:-1], new, known or ""))
    known = text.lit(value)
    if known is None and _straddles(value, old):
        value = context.expanded(value)
        known = text.lit(value)
        if known is None and _straddles(value, old):
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


def _straddles(value: Str, old: str) -> bool:
    """Whether an occurrence may lie across the edge of an open piece."""
    if not old:
        return True
    if len(old) == 1:
        return False
    return any(
        not free_of(piece, old[:1]) or not free_of(piece, old[-1:])
        for piece in text.open_pieces(value.pieces)
    )


def free_of(piece: Piece, words: str) -> bool:
    """Whether an open piece surely does not hold a text: names and numbers hold no `:`."""
    if isinstance(piece, Symbol):
        return any(not (sign.isalnum() or sign in "-.") for sign in words) or any(
            sign.isupper() for sign in words
        )
    if isinstance(piece, Ref) and piece.attribute in ("name", "id"):
        return any(sign in ':*?"{}$ \n' for sign in words)
    return False


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
                rows[-1].append(_cut(piece, at, at + len(part)))
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


@function("length", "v", NUMBER)
def length(context: Context, value: Val) -> Val:
    """The number of characters, items or entries."""
    from validator.readers.terraform.cty.values import Obj
    from validator.readers.terraform.functions.registry import give_up

    match value:
        case Str():
            known = _whole(context, value)
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
        case Unk():
            if value.type.kind == "tuple":
                return number(len(value.type.items))
            give_up(value)
            return value
        case _:
            raise Refused("only texts, lists, sets and maps have a length")


@function("parseint", "sn", NUMBER)
def parseint(context: Context, value: str, base: Decimal) -> Val:
    """The whole number that a text is in a base."""
    radix = int(base)
    if not 2 <= radix <= 62 or len(value) > 2000:
        raise Refused("the base lies between 2 and 62")
    digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = value[1:] if value[:1] in ("-", "+") else value
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
