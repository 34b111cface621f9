"""Conversions, and marks on values."""

from __future__ import annotations

from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    list_of,
    map_of,
    set_of,
)
from validator.readers.terraform.cty.values import Bool, Val
from validator.readers.terraform.functions.registry import (
    Context,
    function,
)


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
