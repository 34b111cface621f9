"""Texts in pieces: their literal text, whether they are equal, keys, what JSON they hold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from validator.graph.text import Dangling, Hole, Json, Lit, Piece, Ref, Symbol, Text
from validator.graph.values import Fields, Items, Known, Node, number_text
from validator.readers.terraform.cty.strings import SizedJson, Str, quoted
from validator.readers.terraform.cty.values import (
    Bool,
    Limit,
    Null,
    Num,
    Unk,
    Val,
)


def number(value: Decimal) -> str:
    """A number as Terraform writes it in text."""
    if value.is_infinite():
        return "+Inf" if value > 0 else "-Inf"
    written = number_text(value)
    return "0" if written == "-0" else written


def literal(pieces: tuple[Piece, ...]) -> str | None:
    """The whole text, JSON written out, if nothing in it is open."""
    parts: list[str] = []
    for piece in pieces:
        match piece:
            case Lit(text=words):
                parts.append(words)
            case Json():
                written = _written(piece)
                if written is None:
                    return None
                parts.append(written)
            case _:
                return None
    return "".join(parts)


def _written(piece: Json) -> str | None:
    """The text of a JSON piece, worked out once; None if it is open or too long."""
    if isinstance(piece, SizedJson) and piece.known:
        return piece.written
    try:
        made = json_text(piece.node)
    except Limit:
        made = None
    if isinstance(piece, SizedJson):
        piece.keep(made)
    return made


def lit(value: Val) -> str | None:
    """The literal text of a string value."""
    return literal(value.pieces) if isinstance(value, Str) else None


def json_text(node: Node) -> str | None:
    """The JSON text of a node, if nothing in it is open."""
    match node:
        case Known(value=None):
            return "null"
        case Known(value=bool() as flag):
            return "true" if flag else "false"
        case Known(value=Decimal() as value):
            return number(value)
        case Known(value=Text(pieces=pieces)):
            words = literal(pieces)
            return None if words is None else quoted(words)
        case Known(value=Items(items=items, rest=None)):
            parts: list[str] = []
            for one in items:
                part = json_text(one)
                if part is None:
                    return None
                parts.append(part)
            return f"[{','.join(parts)}]"
        case Known(value=Fields(entries=entries, rest=None)):
            written: list[tuple[str, str]] = []
            for entry in entries:
                key, value_text = literal(entry.key.pieces), json_text(entry.value)
                if key is None or value_text is None:
                    return None
                written.append((key, value_text))
            written.sort(key=lambda one: one[0])
            return "{" + ",".join(f"{quoted(key)}:{value}" for key, value in written) + "}"
        case _:
            return None


def merged(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces with neighbouring literals joined and positions dropped: what makes them equal."""
    out: list[Piece] = []
    run: list[str] = []
    for piece in pieces:
        words = literal((piece,))
        if words is not None:
            run.append(words)
            continue
        if joined := "".join(run):
            out.append(Lit(joined))
        run.clear()
        out.append(piece)
    if joined := "".join(run):
        out.append(Lit(joined))
    return tuple(out)


def head(pieces: tuple[Piece, ...]) -> str:
    """The literal text that it surely starts with."""
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, Json) and _written(piece) is None:
            match piece.node:
                case Known(value=Fields()):
                    out.append("{")
                case Known(value=Items()):
                    out.append("[")
                case Known(value=Text()):
                    out.append('"')
                case _:
                    pass
            break
        words = literal((piece,))
        if words is None:
            break
        out.append(words)
    return "".join(out)


def tail(pieces: tuple[Piece, ...]) -> str:
    """The literal text that it surely ends with."""
    out: list[str] = []
    for piece in reversed(pieces):
        words = literal((piece,))
        if words is None:
            break
        out.append(words)
    return "".join(reversed(out))


def same(one: tuple[Piece, ...], other: tuple[Piece, ...]) -> bool | None:
    """Whether two texts are the same; None if nobody can tell."""
    one, other = merged(one), merged(other)
    if one == other and not any(isinstance(piece, Dangling) for piece in one):
        return True
    whole, whole_other = literal(one), literal(other)
    if whole is not None and whole_other is not None:
        return whole == whole_other
    start, start_other = head(one), head(other)
    length = min(len(start), len(start_other))
    if start[:length] != start_other[:length]:
        return False
    end, end_other = tail(one), tail(other)
    length = min(len(end), len(end_other))
    if length and end[-length:] != end_other[-length:]:
        return False
    for known, open_pieces in ((whole, other), (whole_other, one)):
        if known is not None and len(known) < sum(
            len(piece.text) if isinstance(piece, Lit) else _least(piece) for piece in open_pieces
        ):
            return False
    return None


def _least(piece: Piece) -> int:
    """The fewest characters that can stand there: even the JSON of a number has one."""
    return 1 if isinstance(piece, Ref | Symbol | Json) else 0


def key_of(value: Val) -> str:
    """A name for a value that is the same for equal values; for the keys of holes."""
    if value.secret:
        return place(value)
    match value:
        case Str(pieces=pieces):
            return "".join(_key_words(piece) for piece in merged(pieces))
        case Num(value=amount):
            return number(amount)
        case Bool(value=flag):
            return str(flag).lower()
        case Null():
            return "null"
        case Unk(key=key):
            hole = value.piece()
            return key or (hole.key if isinstance(hole, Hole) else hole.name)
        case _:
            return place(value)


def place(value: Val) -> str:
    """Where a value is used, as a name for it."""
    span = value.span
    return f"{span.file}:{span.line}:{span.column}"


def _key_words(piece: Piece) -> str:
    match piece:
        case Lit(text=words):
            return words
        case Ref(target=target, attribute=attribute):
            return f"${{{target}.{attribute}}}"
        case Symbol(kind=kind, scope=scope):
            return f"${{{kind} {scope}}}" if scope else f"${{{kind}}}"
        case Hole(key=key):
            return f"${{{key}}}"
        case Dangling(name=name):
            return f"${{{name}}}"
        case Json(node=node):
            return f"${{json {node.span.file}:{node.span.line}:{node.span.column}}}"


def open_pieces(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces that are no literal text."""
    for piece in pieces:
        if literal((piece,)) is None:
            yield piece
