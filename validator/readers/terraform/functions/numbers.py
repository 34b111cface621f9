"""Functions on numbers."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, DecimalException

from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.operators import EXACT
from validator.readers.terraform.cty.types import NUMBER, list_of
from validator.readers.terraform.cty.values import Limit, Null, Num, Refused, Unk, Val, number
from validator.readers.terraform.functions.registry import Context, function, give_up

MAX_RANGE = 1024


@function("abs", "n", NUMBER)
def absolute(context: Context, value: Decimal) -> Val:
    """Without its sign."""
    return Num(abs(value))


@function("ceil", "n", NUMBER)
def ceil(context: Context, value: Decimal) -> Val:
    """The next whole number upwards."""
    return Num(value.to_integral_value(ROUND_CEILING))


@function("floor", "n", NUMBER)
def floor(context: Context, value: Decimal) -> Val:
    """The next whole number downwards."""
    return Num(value.to_integral_value(ROUND_FLOOR))


@function("signum", "n", NUMBER)
def signum(context: Context, value: Decimal) -> Val:
    """-1, 0 or 1."""
    return number((value > 0) - (value < 0))


@function("max", "n*", NUMBER)
def largest(context: Context, *values: Decimal) -> Val:
    """The largest."""
    if not values:
        raise Refused("max needs at least one number")
    return Num(max(values))


@function("min", "n*", NUMBER)
def smallest(context: Context, *values: Decimal) -> Val:
    """The smallest."""
    if not values:
        raise Refused("min needs at least one number")
    return Num(min(values))


@function("pow", "nn", NUMBER)
def power(context: Context, base: Decimal, exponent: Decimal) -> Val:
    """A power, as Go's floating point computes it where it is no whole number."""
    whole = exponent == exponent.to_integral_value() and base == base.to_integral_value()
    if whole and 0 <= exponent < 1100 and abs(base).adjusted() * exponent < 300:
        return Num(Decimal(int(base) ** int(exponent)))
    try:
        made = float(base) ** float(exponent)
    except (OverflowError, ZeroDivisionError):
        raise Limit("this power is too large") from None
    if isinstance(made, complex) or made != made or abs(made) == float("inf"):
        raise Refused("this power is no number")
    return Num(Decimal(repr(made)))


@function("log", "nn", NUMBER)
def logarithm(context: Context, value: Decimal, base: Decimal) -> Val:
    """A logarithm, as Go's floating point computes it."""
    from math import log

    try:
        made = log(float(value)) / log(float(base))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise Refused("this logarithm is no number") from None
    return Num(Decimal(repr(made)))


@function("sum", "l", NUMBER)
def total(context: Context, values: Seq) -> Val:
    """The sum of a list."""
    if not values.items:
        raise Refused("sum needs at least one number")
    result = Decimal(0)
    for item in values.items:
        amount = converted(item, NUMBER)
        if isinstance(amount, Unk):
            give_up(amount)
        if isinstance(amount, Null) or not isinstance(amount, Num):
            raise Refused("sum needs numbers")
        try:
            result = EXACT.add(result, amount.value)
        except DecimalException:
            raise Refused("this sum is no number") from None
    return Num(result)


@function("range", "n*", list_of(NUMBER))
def range_(context: Context, *limits: Decimal) -> Val:
    """Numbers from a start (0) up to a limit in steps (1); at most 1024, as in Terraform."""
    if not 1 <= len(limits) <= 3:
        raise Refused("range takes one, two or three numbers")
    start, limit = (Decimal(0), limits[0]) if len(limits) == 1 else limits[:2]
    step = limits[2] if len(limits) == 3 else Decimal(1 if limit >= start else -1)
    if step == 0 and start != limit:
        raise Refused("the step is 0")
    if (limit > start and step < 0) or (limit < start and step > 0):
        raise Refused("the step leads away from the limit")
    items: list[Val] = []
    current = start
    while (current < limit) if step > 0 else (current > limit):
        if len(items) >= MAX_RANGE:
            raise Refused(f"range gives more than {MAX_RANGE} numbers")
        items.append(Num(current))
        current = EXACT.add(current, step)
    context.spend(len(items))
    return Seq("list", items, NUMBER)
