"""Functions that choose among values or say whether some are there."""

from __future__ import annotations

from validator.readers.terraform.cty import operators, text
from validator.readers.terraform.cty.access import index as item_at
from validator.readers.terraform.cty.access import taken
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import as_string, converted
from validator.readers.terraform.cty.queries import is_whole, type_of
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    list_of,
    unify,
)
from validator.readers.terraform.cty.values import Bool, Null, Num, Refused, Unk, Val, number
from validator.readers.terraform.functions.registry import (
    Context,
    function,
    give_up,
    open_text,
    unknown_among,
)


@function("lookup", "vvv?", DYNAMIC)
def lookup(context: Context, value: Val, key: Val, default: Val | None = None) -> Val:
    """The value under a key, or the default."""
    if isinstance(value, Unk):
        give_up(value)
    if isinstance(value, Lazy):
        return item_at(value, key, context.span)
    if not isinstance(value, Obj):
        raise Refused("lookup takes a map or object")
    wanted = as_string(key)
    if isinstance(wanted, Unk):
        give_up(wanted)
    known = text.lit(wanted)
    if known is None and isinstance(wanted, Str):
        known = text.lit(context.expanded(wanted))
        if known is None:
            open_text(wanted)
    found = value.entries.get(known or "")
    if found is not None:
        return taken(value, found)
    if value.rest is not None:
        give_up(value.rest)
    if not value.literal_keys:
        give_up(Unk("some keys of this object are not known"))
    if default is None:
        raise Refused(f"there is no {known} here, and lookup has no default")
    return converted(default, value.element) if value.kind == "map" else default


@function("contains", "vv", BOOL)
def contains(context: Context, value: Val, wanted: Val) -> Val:
    """Whether a list has an item."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq):
        raise Refused("contains takes a list or set")
    open_one: Val | None = value.rest
    for item in value.items:
        answer = operators.equal(_expanded(item, context), _expanded(wanted, context))
        if answer is True:
            return Bool(True)
        if answer is None:
            open_one = open_one or (item if isinstance(item, Unk) else wanted)
            if isinstance(item, Str) and text.lit(item) is None and not isinstance(wanted, Unk):
                open_one = item
    if open_one is None:
        return Bool(False)
    if isinstance(open_one, Unk):
        give_up(open_one)
    if isinstance(open_one, Str):
        open_text(open_one)
    give_up(Unk("whether this list has the item is not known"))
    return value


def _expanded(value: Val, context: Context) -> Val:
    return context.expanded(value) if isinstance(value, Str) and text.lit(value) is None else value


@function("coalesce", "v*", DYNAMIC)
def coalesce(context: Context, *values: Val) -> Val:
    """The first that is neither null nor an empty text."""
    types = [type_of(one) for one in values if not isinstance(one, Null)]
    type_ = unify(types) if types else DYNAMIC
    if type_ is None:
        raise Refused("all arguments of coalesce must have one type")
    for value in values:
        if isinstance(value, Null):
            continue
        if isinstance(value, Unk):
            if value.present and type_.kind not in ("string", "dynamic"):
                return value
            give_up(value)
        made = value if isinstance(value, Lazy) else converted(value, type_)
        if isinstance(made, Str):
            if text.lit(made) == "":
                continue
            if text.same(made.pieces, ()) is None:
                open_text(made)
        return made
    raise Refused("every argument of coalesce is null or empty")


@function("coalescelist", "v*", DYNAMIC)
def coalescelist(context: Context, *values: Val) -> Val:
    """The first list that is not empty."""
    for value in values:
        if isinstance(value, Null):
            continue
        if isinstance(value, Unk):
            give_up(value)
        if not isinstance(value, Seq):
            raise Refused("coalescelist takes lists")
        if value.items:
            return value
        if value.rest is not None:
            give_up(value.rest)
    raise Refused("every list given to coalescelist is empty")


@function("compact", "v", list_of(STRING))
def compact(context: Context, value: Val) -> Val:
    """Without null and empty texts."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq):
        raise Refused("compact takes a list of texts")
    rest = value.rest
    items: list[Val] = []
    for item in value.items:
        if isinstance(item, Null):
            continue
        words = as_string(item)
        if isinstance(words, Unk):
            rest = rest or words
        elif isinstance(words, Str) and text.same(words.pieces, ()) is None:
            expanded = context.expanded(words)
            if text.same(expanded.pieces, ()) is None:
                unknown = Unk("whether this text is empty is not known", STRING, words.span)
                rest = rest or unknown
            else:
                items.append(words)
        elif text.lit(words) != "":
            items.append(words)
    return Seq("list", items, STRING, rest)


@function("element", "vv", DYNAMIC)
def element(context: Context, value: Val, place: Val) -> Val:
    """The item at a place, counted round and round."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq) or value.kind == "set":
        raise Refused("element takes a list")
    wanted = converted(place, NUMBER)
    if isinstance(wanted, Unk):
        give_up(wanted)
    if value.rest is not None:
        give_up(value.rest)
    if not isinstance(wanted, Num) or wanted.value < 0 or not is_whole(wanted.value):
        raise Refused("the place of an element is a whole number, not negative")
    if not value.items:
        raise Refused("an empty list has no element")
    return taken(value, value.items[int(wanted.value) % len(value.items)])


@function("index", "lv", NUMBER)
def index(context: Context, value: Seq, wanted: Val) -> Val:
    """The place of an item."""
    for place, item in enumerate(value.items):
        answer = operators.equal(item, wanted)
        if answer is None:
            unknown_among([item, wanted])
            give_up(Unk("whether this list has the item is not known"))
        if answer:
            return number(place)
    raise Refused("the list does not have this item")


@function("one", "v", DYNAMIC)
def one(context: Context, value: Val) -> Val:
    """The only item, or null if there is none."""
    if isinstance(value, Unk):
        return value.of(value.type.element or DYNAMIC, f"one({value.key})" if value.key else "")
    if not isinstance(value, Seq):
        raise Refused("one takes a list, set or tuple")
    if value.rest is not None:
        type_ = type_of(value.items[0]) if value.items else DYNAMIC
        return value.rest.of(type_, f"one({value.rest.key})" if value.rest.key else "")
    if len(value.items) > 1:
        raise Refused(f"one takes at most one item, and here are {len(value.items)}")
    if value.items:
        return taken(value, value.items[0])
    return Null(value.element)


@function("alltrue", "v", BOOL)
def alltrue(context: Context, value: Val) -> Val:
    """Whether all items are true."""
    return _every(value, deciding=False)


@function("anytrue", "v", BOOL)
def anytrue(context: Context, value: Val) -> Val:
    """Whether an item is true."""
    return _every(value, deciding=True)


def _every(value: Val, *, deciding: bool) -> Val:
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq):
        raise Refused("a list of bools is required")
    open_one: Unk | None = value.rest
    for item in value.items:
        flag = converted(item, BOOL)
        if isinstance(flag, Unk):
            open_one = open_one or flag
        elif isinstance(flag, Null):
            if not deciding:
                return Bool(False)
        elif isinstance(flag, Bool) and flag.value is deciding:
            return Bool(deciding)
    if open_one is not None:
        give_up(open_one)
    return Bool(not deciding)
