"""Conversions between types, and between these values and the graph's.

<https://developer.hashicorp.com/terraform/language/expressions/type-constraints>
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from validator.graph.text import Dangling, Hole, Lit, Symbol, Text
from validator.readers.terraform.cty import text as texts
from validator.readers.terraform.cty.collections import Key, Lazy, Obj, Seq, SeqKind
from validator.readers.terraform.cty.queries import type_of
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import (
    DYNAMIC,
    Type,
    unify,
    words,
)
from validator.readers.terraform.cty.values import Bool, Null, Num, Refused, Unk, Val


def to_number(words_: str) -> Decimal | None:
    """The number that a text is, as Terraform converts it."""
    if not words_ or words_.strip() != words_ or words_[0] == "+" or "_" in words_:
        return None
    try:
        value = Decimal(words_)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 4000 else None


def converted(value: Val, type_: Type) -> Val:
    """The value as another type. Raises `Refused`; what is unknown stays so, with the type."""
    if type_.kind == "dynamic":
        return value
    if isinstance(value, Unk):
        unknown = value.copy()
        if not unknown.error:
            unknown.type = type_
        return unknown
    if isinstance(value, Null):
        return _kept(value, Null(type_))
    if isinstance(value, Lazy):
        if type_.kind not in ("map", "object"):
            raise Refused(f"a {type_.kind} is required, and this is a whole object")
        return value
    if type_.primitive:
        return _primitive(value, type_)
    if type_.kind in ("list", "set", "tuple"):
        return _sequence(value, type_)
    return _mapping(value, type_)


def _kept(value: Val, other: Val) -> Val:
    other.span, other.trail, other.secret = value.span, value.trail, value.secret
    return other


def _primitive(value: Val, type_: Type) -> Val:
    if type_of(value) == type_:
        return value
    match type_.kind, value:
        case "string", Num(value=amount):
            return _kept(value, Str((Lit(texts.number(amount), value.span),)))
        case "string", Bool(value=flag):
            return _kept(value, Str((Lit("true" if flag else "false", value.span),)))
        case "number", Str():
            known = texts.lit(value)
            if known is None:
                return _kept(value, opened(value, type_))
            parsed = to_number(known)
            if parsed is not None:
                return _kept(value, Num(parsed))
        case "bool", Str():
            known = texts.lit(value)
            if known is None:
                return _kept(value, opened(value, type_))
            if known in ("true", "1", "false", "0"):
                return _kept(value, Bool(known in ("true", "1")))
        case _:
            pass
    raise Refused(f"a {type_.kind} is required, and this is {words(type_of(value))}")


def opened(value: Str, type_: Type, key: str = "") -> Unk:
    """What is made of an open text, unknown for the reason the text is open."""
    for piece in texts.open_pieces(value.pieces):
        match piece:
            case Dangling(name=name, why=why):
                return Unk(why, type_, value.span, error=True, dangling=Dangling(name, why))
            case Hole(key=hole_key, why=why, supply=supply):
                return Unk(why, type_, value.span, supply=supply, key=key or hole_key)
            case Symbol(fact=fact, supply=supply):
                name = key or texts.key_of(Str((piece,)))
                return Unk(fact, type_, value.span, supply=supply, key=name)
            case _:
                shown = str(Text((piece,)))
                return Unk(
                    f"{shown} is known only after the deploy",
                    type_,
                    value.span,
                    key=key or texts.key_of(Str((piece,))),
                )
    return Unk("this is not known", type_, value.span, key=key)


def elements(value: Val) -> list[Val] | None:
    """The items of a list, set or tuple, or the values of a map as a set would have them."""
    return value.items if isinstance(value, Seq) else None


def _sequence(value: Val, type_: Type) -> Val:
    if not isinstance(value, Seq):
        raise Refused(f"a {type_.kind} is required, and this is {words(type_of(value))}")
    if type_.kind == "tuple":
        if value.rest is None and len(value.items) != len(type_.items):
            raise Refused(f"a tuple of {len(type_.items)} items is required")
        pairs = zip(value.items, type_.items, strict=False)
        return _kept(value, Seq("tuple", [converted(one, want) for one, want in pairs]))
    want = type_.element or DYNAMIC
    if want.kind == "dynamic":
        want = element_type(value)
    items = [converted(one, want) for one in value.items]
    kind: SeqKind = "set" if type_.kind == "set" else "list"
    if kind == "set" and value.kind != "set":
        items = distinct(items)
    return _kept(value, Seq(kind, items, want, value.rest))


def element_type(value: Seq | Obj) -> Type:
    """The one type that the items can take. Raises `Refused` if there is none."""
    if value.kind not in ("tuple", "object"):
        return value.element
    items = value.items if isinstance(value, Seq) else list(value.entries.values())
    found = [type_of(one) for one in items if not _typeless(one)]
    type_ = unify(found) if found else DYNAMIC
    if type_ is None:
        raise Refused("all items of a collection must have one type")
    return type_


def _typeless(value: Val) -> bool:
    return isinstance(value, Null) and value.type.kind == "dynamic"


def set_key(value: Val) -> object:
    """Equal for values that are surely one item of a set."""
    match value:
        case Str(pieces=pieces):
            return texts.merged(pieces)
        case Num(value=amount):
            return amount
        case Bool(value=flag):
            return ("bool", flag)
        case Null():
            return None
        case Seq(kind=kind, items=items, rest=None):
            return (kind, tuple(set_key(one) for one in items))
        case Obj() if value.literal_keys:
            return tuple((key, set_key(one)) for key, one in value.sorted())
        case Unk(key=key) if key:
            return ("unknown", key)
        case _:
            return ("item", id(value))


def distinct(items: list[Val]) -> list[Val]:
    """The items of a set in Terraform's order: texts and numbers sorted, unknown ones last."""
    seen: dict[object, Val] = {}
    for item in items:
        seen.setdefault(set_key(item), item)
    return sorted(seen.values(), key=_order)


def _order(value: Val) -> tuple[int, Decimal, str]:
    match value:
        case Num(value=amount):
            return (1, amount, "")
        case Bool(value=flag):
            return (2, Decimal(int(flag)), "")
        case Str():
            known = texts.lit(value)
            return (8, Decimal(0), "") if known is None else (3, Decimal(0), known)
        case Null():
            return (0, Decimal(0), "")
        case Unk():
            return (9, Decimal(0), "")
        case _:
            return (5, Decimal(0), "")


def _mapping(value: Val, type_: Type) -> Val:
    if not isinstance(value, Obj):
        raise Refused(f"a {type_.kind} is required, and this is {words(type_of(value))}")
    if type_.kind == "map":
        want = type_.element or DYNAMIC
        if want.kind == "dynamic":
            want = element_type(value)
        entries: dict[Key, Val] = {k: converted(v, want) for k, v in value.entries.items()}
        out = Obj("map", entries, want, value.rest)
    else:
        out = Obj("object", _fields(value, type_))
    out.key_spans = value.key_spans
    return _kept(value, out)


def _fields(value: Obj, type_: Type) -> dict[Key, Val]:
    fields: dict[Key, Val] = {}
    for name, want in type_.fields:
        found = value.entries.get(name)
        if found is None and not value.literal_keys:
            rest = value.rest or next(Unk("a key of this object is not known") for _ in range(1))
            fields[name] = rest.of(want)
            continue
        if found is None or (isinstance(found, Null) and name in type_.defaults):
            if name not in type_.optional and found is None:
                raise Refused(f"the attribute {name} is required")
            found = type_.defaults.get(name, Null(want, value.span))
        try:
            fields[name] = converted(found, want)
        except Refused as error:
            raise Refused(f"attribute {name}: {error.why}") from None
    return fields


def as_string(value: Val) -> Val:
    """The value as text, or unknown. Raises `Refused` for what has no text."""
    from validator.readers.terraform.cty.types import STRING

    return converted(value, STRING)
