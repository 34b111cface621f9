"""Functions that take collections apart and put them together.

They look at the items only where they must, so an unknown item does not make the whole unknown.
"""

from __future__ import annotations

from decimal import Decimal

from validator.readers.terraform.cty import operators, text
from validator.readers.terraform.cty.access import index as item_at
from validator.readers.terraform.cty.access import taken
from validator.readers.terraform.cty.convert import as_string, converted, distinct, set_key
from validator.readers.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    set_of,
    tuple_of,
    unify,
)
from validator.readers.terraform.cty.values import (
    MAX_SIZE,
    Bool,
    Key,
    Lazy,
    Limit,
    Null,
    Num,
    Obj,
    Refused,
    Seq,
    Str,
    Unk,
    Val,
    is_whole,
    number,
    string,
    type_of,
    wholly_known,
)
from validator.readers.terraform.functions.registry import (
    Context,
    function,
    give_up,
    open_text,
    unknown_among,
)


def _list(items: list[Val], rest: Unk | None = None) -> Seq:
    """A list of one type if the items have one, else a tuple."""
    type_ = unify([type_of(one) for one in items]) if items else DYNAMIC
    if type_ is None:
        return Seq("tuple", items, rest=rest)
    return Seq("list", [converted(one, type_) for one in items], type_, rest)


def _same_kind(value: Seq, items: list[Val]) -> Seq:
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


@function("distinct", "v", DYNAMIC)
def distinct_(context: Context, value: Val) -> Val:
    """Each item once, in order."""
    if isinstance(value, Unk):
        give_up(value)
    if not isinstance(value, Seq):
        raise Refused("distinct takes a list")
    as_list = value if value.kind != "tuple" else _list(value.items, value.rest)
    seen: dict[object, Val] = {}
    for item in as_list.items:
        seen.setdefault(set_key(item), item)
    return Seq("list", list(seen.values()), as_list.element, as_list.rest)


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


@function("reverse", "l", DYNAMIC)
def reverse(context: Context, value: Seq) -> Val:
    """Backwards."""
    return _same_kind(value, list(reversed(value.items)))


@function("slice", "lnn", DYNAMIC)
def slice_(context: Context, value: Seq, start: Decimal, end: Decimal) -> Val:
    """The items from one place up to another."""
    if value.kind == "set":
        raise Refused("a set has no order to slice")
    if not 0 <= start <= end <= len(value.items):
        raise Refused("these places lie outside of the list")
    return _same_kind(value, value.items[int(start) : int(end)])


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
    as_list = value if value.kind == "list" else _list(value.items)
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
    return _same_kind(values if values.kind != "tuple" else _list(values.items), chosen)


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


# --- sets --------------------------------------------------------------------------------------


def _as_sets(values: tuple[Val, ...]) -> tuple[list[Seq], Type, Unk | None]:
    found: list[Seq] = []
    rest: Unk | None = None
    for value in values:
        if isinstance(value, Unk):
            rest = value
            continue
        if not isinstance(value, Seq):
            raise Refused("a set is required")
        rest = value.rest or rest
        made = converted(value, set_of(DYNAMIC))
        assert isinstance(made, Seq)
        found.append(made)
    types = [one.element for one in found if one.items or one.element.kind != "dynamic"]
    element_ = unify(types) if types else DYNAMIC
    if element_ is None:
        raise Refused("the sets have items of different types")
    return (
        [
            Seq("set", distinct([converted(i, element_) for i in one.items]), element_)
            for one in found
        ],
        element_,
        rest,
    )


@function("setunion", "v*", set_of(DYNAMIC))
def setunion(context: Context, *values: Val) -> Val:
    """What is in any."""
    sets, element_, rest = _as_sets(values)
    return Seq("set", distinct([item for one in sets for item in one.items]), element_, rest)


@function("setintersection", "v*", set_of(DYNAMIC))
def setintersection(context: Context, *values: Val) -> Val:
    """What is in all."""
    sets, element_, rest = _as_sets(values)
    _sets_known(sets, rest)
    common = {set_key(item) for item in sets[0].items}
    for one in sets[1:]:
        common &= {set_key(item) for item in one.items}
    return Seq("set", [item for item in sets[0].items if set_key(item) in common], element_)


@function("setsubtract", "vv", set_of(DYNAMIC))
def setsubtract(context: Context, value: Val, other: Val) -> Val:
    """What is in the first only."""
    sets, element_, rest = _as_sets((value, other))
    _sets_known(sets, rest)
    taken_away = {set_key(item) for item in sets[1].items}
    left = [item for item in sets[0].items if set_key(item) not in taken_away]
    return Seq("set", left, element_)


@function("setsymmetricdifference", "v*", set_of(DYNAMIC))
def setsymmetricdifference(context: Context, *values: Val) -> Val:
    """What is in an odd number of them."""
    sets, element_, rest = _as_sets(values)
    _sets_known(sets, rest)
    current: dict[object, Val] = {}
    for one in sets:
        fresh = {set_key(item): item for item in one.items}
        current = {
            **{key: item for key, item in current.items() if key not in fresh},
            **{key: item for key, item in fresh.items() if key not in current},
        }
    return Seq("set", distinct(list(current.values())), element_)


def _sets_known(sets: list[Seq], rest: Unk | None) -> None:
    if rest is not None:
        give_up(rest)
    if not sets:
        raise Refused("at least one set is required")
    for one in sets:
        unknown_among(one.items)
        for item in one.items:
            if not wholly_known(item):
                if isinstance(item, Str):
                    open_text(item)
                give_up(Unk("an item of this set is not known"))


@function("setproduct", "l*", DYNAMIC)
def setproduct(context: Context, *values: Seq) -> Val:
    """Every combination of one item each."""
    from itertools import product

    if len(values) < 2:
        raise Refused("setproduct needs at least two sets")
    total = 1
    for one in values:
        total *= len(one.items)
    if total * len(values) > MAX_SIZE:
        raise Limit(f"this has more than {MAX_SIZE} parts")
    columns = [one if one.kind != "tuple" else _list(one.items) for one in values]
    rows: list[Val] = [Seq("tuple", list(row)) for row in product(*(one.items for one in columns))]
    element_ = tuple_of([one.element for one in columns])
    if all(one.kind == "set" for one in values):
        return Seq("set", rows, element_)
    return Seq("list", rows, element_)


# --- conversions -------------------------------------------------------------------------------


@function("tostring", "v", STRING)
def tostring(context: Context, value: Val) -> Val:
    """As text."""
    return converted(value, STRING)


@function("tonumber", "v", NUMBER)
def tonumber(context: Context, value: Val) -> Val:
    """As a number."""
    if isinstance(value, Str) and text.lit(value) is None:
        value = context.expanded(value)
    return converted(value, NUMBER)


@function("tobool", "v", BOOL)
def tobool(context: Context, value: Val) -> Val:
    """As a bool."""
    return converted(value, BOOL)


@function("tolist", "v", list_of(DYNAMIC))
def tolist(context: Context, value: Val) -> Val:
    """As a list."""
    return converted(value, list_of(DYNAMIC))


@function("toset", "v", set_of(DYNAMIC))
def toset(context: Context, value: Val) -> Val:
    """As a set."""
    return converted(value, set_of(DYNAMIC))


@function("tomap", "v", map_of(DYNAMIC))
def tomap(context: Context, value: Val) -> Val:
    """As a map."""
    return converted(value, map_of(DYNAMIC))


@function("sensitive", "v", DYNAMIC)
def sensitive(context: Context, value: Val) -> Val:
    """The same value, never to be shown."""
    return value.hidden()


@function("nonsensitive", "v", DYNAMIC)
def nonsensitive(context: Context, value: Val) -> Val:
    """The same value, which may be shown."""
    same = value.copy()
    same.secret = False
    return same


@function("issensitive", "v", BOOL)
def issensitive(context: Context, value: Val) -> Val:
    """Whether the value is never to be shown."""
    return Bool(value.secret)


@function("ephemeralasnull", "v", DYNAMIC)
def ephemeralasnull(context: Context, value: Val) -> Val:
    """The same value: ephemeral ones are not followed here."""
    return value
