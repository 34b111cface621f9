"""Functions that take collections apart and put them together.

They look at the items only where they must, so an unknown item does not make the whole unknown.
"""

from __future__ import annotations

from validator.readers.terraform.cty.access import taken
from validator.readers.terraform.cty.collections import Key, Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.queries import type_of
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import (
    DYNAMIC,
    STRING,
    Type,
    list_of,
    unify,
)
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val
from validator.readers.terraform.functions.registry import (
    Context,
    function,
    give_up,
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
            rest = value.as_whole()
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
        return Seq("tuple", [string(name) for name in value.names()], rest=value.as_whole())
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
    if isinstance(value, Unk | Lazy):
        give_up(value if isinstance(value, Unk) else value.as_whole())
    if not isinstance(value, Obj):
        raise Refused("values takes a map or object")
    found = [taken(value, one) for _, one in value.sorted()]
    if value.kind == "map":
        return Seq("list", found, value.element, value.rest)
    return Seq("tuple", found, rest=value.rest)
