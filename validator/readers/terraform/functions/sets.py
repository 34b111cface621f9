"""Functions on sets."""

from __future__ import annotations

from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.convert import converted, distinct, set_key
from validator.readers.terraform.cty.queries import wholly_known
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import (
    DYNAMIC,
    Type,
    set_of,
    tuple_of,
    unify,
)
from validator.readers.terraform.cty.values import MAX_SIZE, Limit, Refused, Unk, Val
from validator.readers.terraform.functions.collections import list_of_one_type
from validator.readers.terraform.functions.registry import (
    Context,
    function,
    give_up,
    open_text,
    unknown_among,
)


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
    columns = [one if one.kind != "tuple" else list_of_one_type(one.items) for one in values]
    rows: list[Val] = [Seq("tuple", list(row)) for row in product(*(one.items for one in columns))]
    element_ = tuple_of([one.element for one in columns])
    if all(one.kind == "set" for one in values):
        return Seq("set", rows, element_)
    return Seq("list", rows, element_)
