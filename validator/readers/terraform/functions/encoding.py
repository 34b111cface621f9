"""JSON, CSV, base64 and the like, and texts that the deploy alone makes."""

from __future__ import annotations

import base64
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from validator.graph.text import Hole, Lit, Ref, Symbol, Text
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.nodes import from_node, to_node
from validator.readers.terraform.cty.queries import refusal, type_of
from validator.readers.terraform.cty.strings import Str, encoded, string
from validator.readers.terraform.cty.types import DYNAMIC, STRING
from validator.readers.terraform.cty.values import (
    MAX_SIZE,
    Bool,
    Limit,
    Null,
    Num,
    Refused,
    Unk,
    Val,
)
from validator.readers.terraform.functions.registry import Context, function, give_up, open_text

MAX_BRACKETS = 2_000
"""Python's own JSON parser recurses; a text with more brackets is not given to it."""


@function("jsonencode", "v", STRING)
def jsonencode(context: Context, value: Val) -> Val:
    """JSON text, kept as the value that it is made of."""
    if isinstance(value, Unk):
        give_up(value)
    if isinstance(value, Lazy):
        give_up(value.as_whole())
    failed = refusal(value)
    if failed is not None and failed.dangling is None:
        return failed
    # Each part of it is made anew, which takes longer than to look at it.
    context.spend(value.size)
    node = to_node(value)
    made = Str((encoded(value, node),))
    if isinstance(value, Seq | Obj):
        return made
    written = text.lit(made)
    return made if written is None else string(written)


@function("jsondecode", "t", DYNAMIC)
def jsondecode(context: Context, value: Str) -> Val:
    """What a JSON text says; open pieces in its strings stay pieces, places are kept."""
    from validator.policy.json_text import parse_json
    from validator.policy.question import Fault

    if len(value.pieces) == 1 and isinstance(value.pieces[0], Hole | Ref | Symbol):
        expanded = context.expanded(value)
        if text.lit(expanded) is None:
            open_text(value)
        value = expanded
    # A file is one literal that knows its place, and is often decoded again and again.
    only = value.pieces[0] if len(value.pieces) == 1 else None
    key = (only.text, only.span) if isinstance(only, Lit) and only.span is not None else None
    if key is not None and key in context.decoded:
        return context.decoded[key]
    found = parse_json(Text(value.pieces), value.span)
    if not isinstance(found, Fault):
        made = from_node(found)
        if key is not None:
            context.decoded[key] = made
        return made
    known = text.lit(value)
    if known is None:
        raise Refused(found.message)
    return from_json(known)


def from_json(words: str) -> Val:
    """A value out of JSON text. Raises `Refused`."""
    if words.count("[") + words.count("{") > MAX_BRACKETS:
        raise Limit(f"this JSON text has more than {MAX_BRACKETS} brackets")
    try:
        return _plain(json.loads(words, parse_float=Decimal, parse_int=Decimal, parse_constant=_no))
    except (ValueError, InvalidOperation):
        raise Refused("this is no JSON text") from None
    except RecursionError:
        raise Refused("this JSON text is nested too deeply") from None


def _no(constant: str) -> None:
    raise ValueError(constant)


def _plain(value: Any) -> Val:
    match value:
        case None:
            return Null(DYNAMIC)
        case bool():
            return Bool(value)
        case str():
            return string(value)
        case Decimal():
            return Num(value)
        case list():
            return Seq("tuple", [_plain(one) for one in value])  # pyright: ignore[reportUnknownVariableType]
        case dict():
            return Obj("object", {str(k): _plain(v) for k, v in value.items()})  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            raise Refused("this is no JSON text")


@function("csvdecode", "s", DYNAMIC)
def csvdecode(context: Context, words: str) -> Val:
    """The rows of a CSV text, by the names in its first row."""
    import csv
    import io

    if words.count("\n") + words.count(",") > MAX_SIZE:
        raise Limit(f"this CSV text has more than {MAX_SIZE} fields")
    try:
        rows = list(csv.reader(io.StringIO(words), strict=True))
    except csv.Error:
        raise Refused("this is no CSV text") from None
    rows = [row for row in rows if row]
    if not rows:
        raise Refused("a CSV text has a first row with names")
    names, *data = rows
    if len(set(names)) < len(names):
        raise Refused("two columns have one name")
    items: list[Val] = []
    for row in data:
        if len(row) != len(names):
            raise Refused("a row has another number of fields than the first")
        items.append(Obj("object", {k: string(v) for k, v in zip(names, row, strict=True)}))
    context.spend(len(items))
    return Seq("list", items, type_of(items[0]) if items else DYNAMIC)


@function("base64encode", "s", STRING)
def base64encode(context: Context, words: str) -> Val:
    """Base64 of a text."""
    return string(base64.b64encode(utf8(words)).decode())


@function("base64decode", "s", STRING)
def base64decode(context: Context, words: str) -> Val:
    """The text that base64 stands for."""
    try:
        return string(base64.b64decode(words, validate=True).decode())
    except ValueError:
        raise Refused("this is no base64 of a text") from None


@function("textencodebase64", "ss", STRING)
def textencodebase64(context: Context, words: str, encoding: str) -> Val:
    """Base64 of a text in an encoding."""
    try:
        return string(base64.b64encode(words.encode(_encoding(encoding))).decode())
    except (LookupError, UnicodeError):
        raise Refused("this text cannot be written in that encoding") from None


@function("textdecodebase64", "ss", STRING)
def textdecodebase64(context: Context, words: str, encoding: str) -> Val:
    """The text that base64 stands for in an encoding."""
    try:
        return string(base64.b64decode(words, validate=True).decode(_encoding(encoding)))
    except (LookupError, ValueError):
        raise Refused("this is no text in that encoding") from None


def utf8(words: str) -> bytes:
    """UTF-8; JSON and the names of files may hold half of a character."""
    return words.encode("utf-8", "surrogatepass")


def _encoding(name: str) -> str:
    allowed = {
        "utf-8": "utf-8",
        "utf-16le": "utf-16-le",
        "utf-16be": "utf-16-be",
        "utf-16": "utf-16-be",
        "iso-8859-1": "latin-1",
        "us-ascii": "ascii",
        "windows-1252": "cp1252",
        "shift_jis": "shift_jis",
        "euc-jp": "euc-jp",
        "gbk": "gbk",
        "big5": "big5",
    }
    found = allowed.get(name.lower())
    if found is None:
        raise LookupError(name)
    return found


@function("urlencode", "s", STRING)
def urlencode(context: Context, words: str) -> Val:
    """A text as part of a query."""
    from urllib.parse import quote_plus

    return string(quote_plus(utf8(words)))


def _impure(name: str, parameters: str, why: str, *, pure: bool = False) -> None:
    @function(name, parameters, STRING)
    def settled_later(context: Context, *values: Val) -> Val:
        span = context.span
        key = f"{name}@{span.file}:{span.line}:{span.column}"
        if pure:
            key = f"{name}({', '.join(text.key_of(one) for one in values)})"
        return Unk(why, STRING, span, key=key, present=True)

    assert settled_later is not None


_impure("timestamp", "", "the time of the deploy is not known")
_impure("plantimestamp", "", "the time of the plan is not known")
_impure("uuid", "", "a random UUID is made at the deploy")
_impure("bcrypt", "vv?", "a bcrypt hash has random salt")
_impure("base64gzip", "v", "Terraform's compressed form is not computed here", pure=True)
_impure("rsadecrypt", "vv", "what is encrypted is not decrypted here", pure=True)
