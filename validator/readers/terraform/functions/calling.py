"""Calling a function: what it is given, as it wants it, and what is told of the result."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from validator.graph.imports import decoded_key
from validator.graph.text import Hole, Piece
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import converted, opened
from validator.readers.terraform.cty.queries import inner, secret
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING
from validator.readers.terraform.cty.values import (
    MAX_TRAIL,
    Bool,
    Limit,
    Null,
    Num,
    Refused,
    Unk,
    Val,
)
from validator.readers.terraform.functions.registry import FUNCTIONS, Context, Function, NotKnown


def call(name: str, arguments: list[Val], context: Context) -> Val:
    """The result of a call. Raises `Refused`."""
    found = FUNCTIONS.get(name)
    if found is None:
        if "::" in name and not name.startswith("core::"):
            return Unk(f"{name} is computed by a provider", DYNAMIC, context.span)
        found = FUNCTIONS.get(name.removeprefix("core::"))
        if found is None:
            raise Refused(f"there is no function called {name}")
    refused = next((one for one in arguments if isinstance(one, Unk) and one.error), None)
    if refused is not None:
        return refused
    kinds = _kinds(found, len(arguments))
    try:
        values = [_argument(one, kind, context) for one, kind in zip(arguments, kinds, strict=True)]
        made = found.implementation(context, *values)
    except NotKnown as error:
        keys = ", ".join(text.key_of(one) for one in arguments)
        key = decoded_key(keys) if found.name == "jsondecode" else ""
        made = error.unknown.of(found.returns if error.sure else DYNAMIC, key or f"{name}({keys})")
    except ArithmeticError:
        raise Refused("this number cannot be computed with") from None
    except Refused as error:
        if isinstance(error, Limit) or not any(secret(one) for one in arguments):
            raise
        raise Refused(f"{name} cannot be computed; why is sensitive") from None
    return _marked(made, name, arguments)


def _kinds(found: Function, count: int) -> list[str]:
    letters = found.parameters
    least = len(letters.replace("?", "").replace("*", "")) - letters.count("?") - letters.count("*")
    kinds: list[str] = []
    for sign in letters:
        if sign == "*":
            kinds.extend(kinds[-1:] * (count - len(kinds)))
        elif sign != "?":
            kinds.append(sign)
    if letters.endswith("*"):
        kinds = kinds[:count] if len(kinds) > count else kinds
    if count < least or count > len(kinds):
        raise Refused(f"{found.name} does not take {count} argument{'' if count == 1 else 's'}")
    return kinds[:count]


def _argument(value: Val, kind: str, context: Context) -> Any:
    if kind == "v":
        return value
    if isinstance(value, Null):
        raise Refused("an argument is null")
    if kind == "t":
        return _text(value)
    if kind in "snb":
        return _scalar(value, kind, context)
    if isinstance(value, Unk):
        raise NotKnown(value)
    if isinstance(value, Lazy):
        raise NotKnown(value.as_whole())
    if kind == "l":
        if not isinstance(value, Seq):
            raise Refused("a list is required")
    elif not isinstance(value, Obj):
        raise Refused("a map or object is required")
    if value.rest is not None:
        raise NotKnown(value.rest)
    return value


def _text(value: Val) -> Str:
    words = converted(value, STRING)
    if isinstance(words, Unk):
        made = Str((words.piece(),), value.span)
        made.trail, made.secret = value.trail, value.secret
        return made
    assert isinstance(words, Str)
    return words


def _scalar(value: Val, kind: str, context: Context) -> str | Decimal | bool:
    if isinstance(value, Str) and text.lit(value) is None:
        value = context.expanded(value)
        if text.lit(value) is None:
            raise NotKnown(opened(value, STRING))
    made = converted(value, {"s": STRING, "n": NUMBER, "b": BOOL}[kind])
    match made:
        case Unk():
            raise NotKnown(made)
        case Num(value=amount):
            return amount
        case Bool(value=flag):
            return flag
        case _:
            return text.lit(made) or ""


def _marked(made: Val, name: str, arguments: list[Val]) -> Val:
    if isinstance(made, Lazy) or name in ("nonsensitive", "issensitive"):
        return made
    scalar = not isinstance(made, Seq | Obj)
    hide = any(secret(one) if scalar else one.secret for one in arguments)
    hops = dict.fromkeys(made.trail)
    for one in arguments:
        hops.update(dict.fromkeys(one.trail))
        if scalar and isinstance(one, Seq):
            for item in inner(one):
                hops.update(dict.fromkeys(item.trail))
    marked = made.copy()
    marked.span = made.span
    marked.secret = made.secret or hide
    marked.trail = tuple(hops)[:MAX_TRAIL]
    if marked.secret and isinstance(marked, Str):
        marked.pieces = tuple(_unnamed(marked.pieces, name, arguments))
    return marked


def _unnamed(pieces: tuple[Piece, ...], name: str, arguments: list[Val]) -> Iterator[Piece]:
    """The pieces; holes whose names tell the arguments of the call get others."""
    given = {piece for one in arguments if isinstance(one, Str) for piece in one.pieces}
    place = ", ".join(text.place(one) for one in arguments)
    for number, piece in enumerate(pieces):
        if isinstance(piece, Hole) and piece not in given:
            piece = Hole(f"{name}({place}) part {number}", piece.why, piece.supply)
        yield piece
