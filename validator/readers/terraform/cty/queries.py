"""What can be asked of any value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from validator.graph.text import Dangling, Json, Lit
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, Type
from validator.readers.terraform.cty.values import Bool, Null, Num, Unk, Val, dangling


def is_whole(amount: Decimal) -> bool:
    """Whether a number has no fraction and an end."""
    return amount.is_finite() and amount == amount.to_integral_value()


def type_of(value: Val) -> Type:
    """The type, as far as it is known."""
    match value:
        case Str():
            return STRING
        case Num():
            return NUMBER
        case Bool():
            return BOOL
        case Null(type=type_) | Unk(type=type_):
            return type_
        case Seq(kind="tuple", items=items, rest=None):
            return Type("tuple", items=tuple(type_of(one) for one in items))
        case Seq(kind="tuple"):
            return DYNAMIC
        case Seq(kind=kind, element=element):
            return Type(kind, element)
        case Obj(kind="map", element=element):
            return Type("map", element)
        case Obj(entries=entries):
            if not value.literal_keys:
                return DYNAMIC
            return Type(
                "object", fields=tuple(sorted((str(k), type_of(v)) for k, v in entries.items()))
            )
        case _:
            return DYNAMIC


def first_unknown(values: Iterable[Val]) -> Unk | None:
    """The unknown among values that a result made of them is unknown by: a refusal, if any."""
    found: Unk | None = None
    for value in values:
        if isinstance(value, Unk):
            if value.error:
                return value
            found = found or value
    return found


def inner(value: Val) -> Iterator[Val]:
    """The values directly in a value, what may follow included."""
    if isinstance(value, Seq):
        yield from value.items
        if value.rest is not None:
            yield value.rest
    elif isinstance(value, Obj):
        yield from value.entries.values()
        if value.rest is not None:
            yield value.rest


def deep(value: Val) -> Iterator[Val]:
    """A value and all values in it."""
    queue = [value]
    while queue:
        one = queue.pop()
        yield one
        queue.extend(inner(one))


def refusal(value: Val) -> Unk | None:
    """The first refused value anywhere in a value; in a text, a reference that dangles."""
    for one in deep(value):
        if isinstance(one, Unk) and one.error:
            return one
        if isinstance(one, Str):
            for piece in one.pieces:
                if isinstance(piece, Dangling):
                    return dangling(piece.name, piece.why, one.span)
    return None


def secret(value: Val) -> bool:
    """Whether anything in a value is secret."""
    return any(one.secret for one in deep(value))


def wholly_known(value: Val) -> bool:
    """Whether nothing in it is open."""
    for one in deep(value):
        match one:
            case Unk() | Lazy():
                return False
            case Str(pieces=pieces):
                if not all(isinstance(piece, Lit | Json) for piece in pieces):
                    return False
            case _:
                pass
    return True
