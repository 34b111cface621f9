"""Functions that give items of a list in another order or number."""

from __future__ import annotations

from decimal import Decimal

from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Key, Obj, Seq
from validator.readers.terraform.cty.convert import as_string, set_key
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import (
    DYNAMIC,
    STRING,
    list_of,
)
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val
from validator.readers.terraform.functions.collections import list_of_one_type, same_kind
from validator.readers.terraform.functions.registry import (
    Context,
    function,
    give_up,
    open_text,
    unknown_among,
)


@function("distinct", "v", DYNAMIC)
def distinct_(context: Context, value: Val) -> Val:
    """Each item once, in order."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq):
        raise Refused("distinct takes a list")
    as_list = value if value.kind != "tuple" else list_of_one_type(value.items, value.rest)
    seen: dict[object, Val] = {}
    for item in as_list.items:
        seen.setdefault(set_key(item), item)
    return Seq("list", list(seen.values()), as_list.element, as_list.rest)


@function("reverse", "l", DYNAMIC)
def reverse(context: Context, value: Seq) -> Val:
    """Backwards."""
    return same_kind(value, list(reversed(value.items)))


@function("slice", "lnn", DYNAMIC)
def slice_(context: Context, value: Seq, start: Decimal, end: Decimal) -> Val:
    """The items from one place up to another."""
    if value.kind == "set":
        raise Refused("a set has no order to slice")
    if not 0 <= start <= end <= len(value.items):
        raise Refused("these places lie outside of the list")
    return same_kind(value, value.items[int(start) : int(end)])


@function("sort", "l", list_of(STRING))
def sort(context: Context, value: Seq) -> Val:
    """Texts in order."""
    items = [as_string(item) for item in value.items]
    for item in items:
        if isinstance(item, Unk):
            give_up(item)
        if isinstance(item, Null):
            raise Refused("an item to sort is null")
        if isinstance(item, Str) and text.lit(item) is None:
            open_text(item)
    return Seq("list", sorted(items, key=lambda item: text.lit(item) or ""), STRING)


@function("chunklist", "ln", DYNAMIC)
def chunklist(context: Context, value: Seq, size: Decimal) -> Val:
    """The items in lists of a size."""
    if size < 0:
        raise Refused("the size of a chunk is not negative")
    as_list = value if value.kind == "list" else list_of_one_type(value.items)
    step = int(size) or max(1, len(value.items))
    chunks: list[Val] = [
        Seq("list", as_list.items[at : at + step], as_list.element)
        for at in range(0, len(as_list.items), step)
    ]
    return Seq("list", chunks, list_of(as_list.element))


@function("zipmap", "ll", DYNAMIC)
def zipmap(context: Context, names: Seq, values: Seq) -> Val:
    """An object of keys and values."""
    if len(names.items) != len(values.items):
        raise Refused("there are as many keys as values")
    entries: dict[Key, Val] = {}
    for name, value in zip(names.items, values.items, strict=True):
        words = as_string(name)
        if isinstance(words, Unk):
            give_up(words)
        known = text.lit(words)
        if known is None:
            if not isinstance(words, Str):
                raise Refused("a key is null")
            open_text(words)
        entries[known or ""] = value
    if values.kind == "tuple":
        return Obj("object", entries)
    return Obj("map", entries, values.element)


@function("matchkeys", "lll", DYNAMIC)
def matchkeys(context: Context, values: Seq, keys_: Seq, wanted: Seq) -> Val:
    """The values whose keys are wanted."""
    if len(values.items) != len(keys_.items):
        raise Refused("there are as many keys as values")
    unknown_among([*keys_.items, *wanted.items])
    known = {set_key(item) for item in wanted.items}
    chosen = [
        value for value, key in zip(values.items, keys_.items, strict=True) if set_key(key) in known
    ]
    return same_kind(values if values.kind != "tuple" else list_of_one_type(values.items), chosen)


@function("transpose", "o", DYNAMIC)
def transpose(context: Context, value: Obj) -> Val:
    """A map of lists turned inside out."""
    turned: dict[str, list[str]] = {}
    for key, items in value.entries.items():
        if not isinstance(key, str) or not isinstance(items, Seq) or items.rest is not None:
            give_up(Unk("part of this map is not known"))
            continue
        for item in items.items:
            known = text.lit(as_string(item))
            if known is None:
                give_up(Unk("part of this map is not known"))
            turned.setdefault(known or "", []).append(key)
    entries: dict[Key, Val] = {
        name: Seq("list", [string(key) for key in sorted(found)], STRING)
        for name, found in sorted(turned.items())
    }
    return Obj("map", entries, list_of(STRING))
