"""Functions that take collections apart and put them together.

They look at the items only where they must, so an unknown item does not make the whole unknown.
"""

from __future__ import annotations

from decimal import Decimal

from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.access import taken
from validator.readers.terraform.cty.convert import as_string, converted, set_key
from validator.readers.terraform.cty.queries import type_of
from validator.readers.terraform.cty.types import (
    DYNAMIC,
    STRING,
    Type,
    list_of,
    unify,
)
from validator.readers.terraform.cty.values import (
    Key,
    Lazy,
    Null,
    Obj,
    Refused,
    Seq,
    Str,
    Unk,
    Val,
    string,
)
from validator.readers.terraform.functions.registry import (
    Context,
    function,
    give_up,
    open_text,
    unknown_among,
)


def list_of_one_type(items: list[Val], rest: Unk | None = None) -> Seq:
    """A list of one type if the items have one, else a tuple."""
    type_ = unify([type_of(one) for one in items]) if items else DYNAMIC
    if type_ is None:
        return Seq("tuple", items, rest=rest)
    return Seq("list", [converted(one, type_) for one in items], type_, rest)


def same_kind(value: Seq, items: list[Val]) -> Seq:
    """The items as the kind that a list or tuple was; a set becomes a list."""
    if value.kind == "tuple":
        return Seq("tuple", items)
    return Seq("list", items, value.element)


@function("merge", "v*", DYNAMIC)
def merge(context: Context, *values: Val) -> Val:
    """The entries of all, later ones first in rank."""
    entries: dict[Key, Val] = {}
    spans = {}
    rest: Unk | None = None
    kinds: set[Type] = set()
    seen = False
    for value in values:
        if isinstance(value, Null):
            continue
        seen = True
        if isinstance(value, Lazy):
            rest = Unk("not all attributes of this object are known", DYNAMIC, value.span)
            entries = {}
            continue
        if isinstance(value, Unk):
            if value.type.kind not in ("dynamic", "map", "object"):
                raise Refused("merge takes maps and objects")
            rest = value.of(DYNAMIC)
            rest.key = value.key
            entries = {}
            continue
        if not isinstance(value, Obj):
            raise Refused("merge takes maps and objects")
        kinds.add(Type("map", value.element) if value.kind == "map" else Type("object"))
        if value.rest is not None:
            rest = value.rest
            entries = {}
        for key, one in value.entries.items():
            entries.pop(key, None)
            entries[key] = taken(value, one)
            spans[key] = value.key_spans.get(key, one.span)
        context.spend(len(value.entries))
    if not seen:
        return Null(DYNAMIC) if values else Obj("object", {})
    if len(kinds) == 1 and next(iter(kinds)).kind == "map":
        element = next(iter(kinds)).element or DYNAMIC
        made = Obj("map", entries, element, rest)
    else:
        made = Obj("object", entries, rest=rest)
    made.key_spans = spans
    return made


@function("concat", "v*", DYNAMIC)
def concat(context: Context, *values: Val) -> Val:
    """All items, one list after the other."""
    items: list[Val] = []
    rest: Unk | None = None
    types: list[Type] = []
    if not values:
        raise Refused("concat needs at least one list")
    for value in values:
        if isinstance(value, Unk):
            if value.type.kind not in ("dynamic", "list", "set", "tuple"):
                raise Refused("concat takes lists")
            rest = value
            continue
        if not isinstance(value, Seq):
            raise Refused("concat takes lists")
        rest = value.rest or rest
        types.append(Type("tuple") if value.kind == "tuple" else list_of(value.element))
        items.extend(taken(value, one) for one in value.items)
    context.spend(len(items))
    if rest is None and types and all(one.kind == "list" for one in types):
        element = unify([one.element or DYNAMIC for one in types])
        if element is not None:
            return Seq("list", [converted(one, element) for one in items], element)
    return Seq("tuple", items, rest=rest and rest.of(DYNAMIC))


@function("flatten", "v", DYNAMIC)
def flatten(context: Context, value: Val) -> Val:
    """Nested lists as one."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq):
        raise Refused("flatten takes lists")
    items: list[Val] = []
    rest: Unk | None = None
    queue: list[Val] = [value]
    while queue:
        one = queue.pop()
        context.spend(1)
        if isinstance(one, Seq):
            queue.extend(taken(one, inner) for inner in reversed(one.items))
            rest = one.rest or rest
        elif isinstance(one, Unk) and one.type.kind in ("dynamic", "list", "set", "tuple"):
            if one.error:
                return one
            rest = one
        else:
            items.append(one)
    return Seq("tuple", items, rest=rest and rest.of(DYNAMIC))


@function("keys", "v", DYNAMIC)
def keys(context: Context, value: Val) -> Val:
    """The keys in order."""
    if isinstance(value, Unk):
        give_up(value)
    if isinstance(value, Lazy):
        return Seq("tuple", [string(name) for name in value.names()])
    if not isinstance(value, Obj):
        raise Refused("keys takes a map or object")
    found: list[Val] = [
        string(key, value.key_spans.get(key, one.span)) if isinstance(key, str) else Str(key.pieces)
        for key, one in value.sorted()
    ]
    if value.kind == "map":
        return Seq("list", found, STRING, value.rest)
    return Seq("tuple", found, rest=value.rest)


@function("values", "v", DYNAMIC)
def values_(context: Context, value: Val) -> Val:
    """The values, in the order of their keys."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Obj):
        raise Refused("values takes a map or object")
    found = [taken(value, one) for _, one in value.sorted()]
    if value.kind == "map":
        return Seq("list", found, value.element, value.rest)
    return Seq("tuple", found, rest=value.rest)


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
