"""Taking values out of values: `of.name` and `of[key]`."""

from __future__ import annotations

from decimal import Decimal

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Step
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import DYNAMIC, NUMBER, Type
from validator.readers.terraform.cty.values import (
    MAX_TRAIL,
    Null,
    Num,
    Refused,
    Unk,
    Val,
    dangling,
    refused,
)

WORKSPACE = "terraform.workspace"


def attribute(of: Val, name: str, span: Span) -> Val:
    """`of.name`."""
    match of:
        case Unk():
            type_ = of.type.field(name)
            if type_ is None and of.type.kind not in ("dynamic", "map") and not of.error:
                return refused(f"this has no attribute {name}", span)
            return of.of(type_ or DYNAMIC, f"{of.key}.{name}" if of.key else "")
        case Lazy():
            return of.attribute(name)
        case Obj():
            if of.owner and name not in of.entries:
                return dangling(
                    f"{of.owner}.{name}",
                    f"{of.owner} has for_each, so a reference to it needs a key",
                    span,
                )
            return _entry(of, name, span)
        case Seq(owner=owner) if owner:
            return dangling(
                f"{owner}.{name}", f"{owner} has count, so a reference to it needs an index", span
            )
        case Null():
            return refused(f"this is null, so it has no attribute {name}", span)
        case Str() if any(True for _ in text.open_pieces(of.pieces)):
            return refused(f"this is a text, so it has no attribute {name}", span)
        case _:
            return refused(f"this has no attribute {name}", span)


def index(of: Val, key: Val, span: Span) -> Val:
    """`of[key]`. Raises `Refused`."""
    if isinstance(key, Unk) and key.error:
        return key
    found = _indexed(of, key, span)
    if isinstance(found, Unk) and found.error and any(s.how == WORKSPACE for s in key.trail):
        shown = text.lit(key) or "default"
        why = f"nothing is given for workspace {shown}"
        return Unk(why, DYNAMIC, span, supply="--workspace NAME")
    return found


def _indexed(of: Val, key: Val, span: Span) -> Val:
    match of:
        case Unk():
            if of.error:
                return of
            element = _element(of.type, key)
            return of.of(element, f"{of.key}[{text.key_of(key)}]" if of.key else "")
        case Lazy():
            known = text.lit(key)
            if known is not None:
                return of.attribute(known)
            return Unk("which attribute this is is not known", DYNAMIC, span)
        case Obj():
            return _at_key(of, key, span)
        case Seq(kind="set"):
            raise Refused("the items of a set have no index")
        case Seq():
            return _at_place(of, key, span)
        case Null():
            raise Refused("this is null, so it has no items")
        case _:
            raise Refused("this has no items")


def _element(type_: Type, key: Val) -> Type:
    if type_.kind in ("list", "map", "set"):
        return type_.element or DYNAMIC
    known = text.lit(key)
    if type_.kind == "object" and known is not None:
        return type_.field(known) or DYNAMIC
    return DYNAMIC


def _entry(of: Obj, name: str, span: Span) -> Val:
    found = of.entries.get(name)
    if found is not None:
        return taken(of, found)
    if not of.literal_keys:
        return _maybe(of, name, span)
    if of.owner:
        keys = ", ".join(sorted(f'"{key}"' for key in of.entries))
        return dangling(
            f'{of.owner}["{name}"]', f'"{name}" is not among the keys of {of.owner} ({keys})', span
        )
    return refused(f"there is no {name} here", span)


def _maybe(of: Obj, name: str, span: Span) -> Val:
    """What may be under a key although nobody can tell."""
    if of.rest is not None:
        return of.rest.of(DYNAMIC, f'{of.rest.key}["{name}"]' if of.rest.key else "")
    return Unk("some keys of this object are not known", DYNAMIC, span)


def _at_key(of: Obj, key: Val, span: Span) -> Val:
    known = text.lit(key)
    if known is None and isinstance(key, Num):
        known = text.number(key.value)
    if known is not None and key.secret and of.literal_keys and known not in of.entries:
        return refused("there is nothing under this key, which is sensitive", span)
    if known is not None:
        return _entry(of, known, span)
    match key:
        case Str(pieces=pieces):
            found = of.entries.get(Text(text.merged(pieces)))
        case Unk():
            found = of.entries.get(Text((key.piece(),)))
        case _:
            raise Refused("this is no key")
    if found is not None:
        return taken(of, found)
    shown = f"{text.key_of(of)}[{text.key_of(key)}]"
    if isinstance(key, Unk):
        return key.of(DYNAMIC, shown)
    return Unk("which entry this is is not known", DYNAMIC, span, key=shown)


def _at_place(of: Seq, key: Val, span: Span) -> Val:
    place = converted(key, NUMBER)
    if isinstance(place, Unk):
        if of.owner and of.rest is not None and place.key == f"{of.rest.key}[count.index]":
            return of.items[0]
        return place.of(
            of.element if of.kind == "list" else DYNAMIC,
            f"{text.key_of(of)}[{text.key_of(place)}]",
        )
    if not isinstance(place, Num) or place.value != place.value.to_integral_value():
        raise Refused("an index is a whole number")
    if place.value < 0:
        raise Refused("an index is not negative")
    if of.rest is not None:
        # A counted resource whose count is 0 or 1: only the first can be meant.
        if of.owner and place.value == 0 and of.items:
            return of.items[0]
        shown = f"[{text.number(place.value)}]"
        return of.rest.of(DYNAMIC, f"{of.rest.key}{shown}" if of.rest.key else "")
    if place.value >= Decimal(len(of.items)):
        if of.owner:
            count = len(of.items)
            return dangling(
                f"{of.owner}[{text.number(place.value)}]",
                f"{of.owner} has {count} instance{'' if count == 1 else 's'}",
                span,
            )
        return refused(f"there is no item {text.number(place.value)}", span)
    return taken(of, of.items[int(place.value)])


def taken(of: Val, item: Val) -> Val:
    """An item, with the hops of what it was taken from before its own."""
    if isinstance(item, Lazy) or (not of.trail and not of.secret):
        return item
    same = item.copy()
    same.secret = item.secret or of.secret
    if of.trail:
        *hops, last = of.trail
        same.trail = (*hops, Step(last.how, item.span), *item.trail)[:MAX_TRAIL]
    return same
