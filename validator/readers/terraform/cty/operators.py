"""Operators, and whether two values are equal.

`&&` and `||` are decided by one side alone where it decides: later Terraforms do the same, and
1.11, which says "known after apply", cannot come to another answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_DOWN, Context, Decimal, DecimalException

from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.queries import first_unknown, type_of
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import BOOL, NUMBER
from validator.readers.terraform.cty.values import Bool, Null, Num, Refused, Unk, Val

EXACT = Context(prec=160, Emax=9999, Emin=-9999)
"""About as precise as Terraform's numbers, which have 512 bits."""


def unary(operator: str, x: Val) -> Val:
    """`-x` or `!x`. Raises `Refused`."""
    made = converted(x, BOOL if operator == "!" else NUMBER)
    match made:
        case Unk():
            return made.of(made.type, f"{operator}{made.key}" if made.key else "")
        case Bool(value=flag):
            return _with(Bool(not flag), x)
        case Num(value=amount):
            return _with(Num(-amount), x)
        case _:
            raise Refused("an operand is null")


def logic(operator: str, left: Val, right: Callable[[], Val]) -> Val:
    """`left && right` or `left || right`. Raises `Refused`."""
    decides = operator == "||"
    one = converted(left, BOOL)
    if isinstance(one, Bool) and one.value is decides:
        return _with(Bool(decides), left)
    other = converted(right(), BOOL)
    if isinstance(one, Null) or isinstance(other, Null):
        raise Refused("an operand is null")
    if isinstance(one, Unk) and one.error:
        return one
    if isinstance(other, Bool) and other.value is decides:
        return _with(Bool(decides), one, other)
    open_one = first_unknown((one, other))
    if open_one is not None:
        return open_one.of(BOOL, f"{text.key_of(one)} {operator} {text.key_of(other)}")
    return _with(Bool(not decides), one, other)


def binary(operator: str, left: Val, right: Val) -> Val:
    """Comparison or arithmetic. Raises `Refused`."""
    if operator in ("==", "!="):
        return _equality(operator, left, right)
    one, other = converted(left, NUMBER), converted(right, NUMBER)
    type_ = BOOL if operator in ("<", ">", "<=", ">=") else NUMBER
    if isinstance(one, Null) or isinstance(other, Null):
        raise Refused("an operand is null")
    open_one = first_unknown((one, other))
    if open_one is not None:
        return open_one.of(type_, f"{text.key_of(one)} {operator} {text.key_of(other)}")
    assert isinstance(one, Num) and isinstance(other, Num)
    return _with(calculated(operator, one.value, other.value), one, other)


def calculated(operator: str, a: Decimal, b: Decimal) -> Val:
    """A number or a bool. Raises `Refused`."""
    match operator:
        case "<":
            return Bool(a < b)
        case ">":
            return Bool(a > b)
        case "<=":
            return Bool(a <= b)
        case ">=":
            return Bool(a >= b)
        case _:
            pass
    try:
        match operator:
            case "+":
                return Num(EXACT.add(a, b))
            case "-":
                return Num(EXACT.subtract(a, b))
            case "*":
                return Num(EXACT.multiply(a, b))
            case "/":
                return Num(_quotient(a, b))
            case _:
                return Num(_remainder(a, b))
    except DecimalException:
        raise Refused("this number cannot be computed") from None


def _quotient(a: Decimal, b: Decimal) -> Decimal:
    if b == 0:
        if a == 0:
            raise Refused("zero cannot be divided by zero")
        return Decimal("Infinity") if a > 0 else Decimal("-Infinity")
    exact = EXACT.divide(a, b)
    if not _inexact(a, b, exact):
        return exact
    return _as_512_bits(a, b)


def _inexact(a: Decimal, b: Decimal, quotient: Decimal) -> bool:
    return EXACT.multiply(quotient, b) != a or len(quotient.as_tuple().digits) >= EXACT.prec - 5


def _as_512_bits(a: Decimal, b: Decimal) -> Decimal:
    """A quotient that never ends, rounded to 512 bits as Terraform does, in shortest digits."""
    from fractions import Fraction

    exact = Fraction(a) / Fraction(b)
    size = abs(exact)
    exponent = size.numerator.bit_length() - size.denominator.bit_length() - 512
    unit = Fraction(2) ** exponent
    if size / unit >= 2**512:
        unit *= 2
    mantissa = round(size / unit)
    low, high = (mantissa * 2 - 1) * unit / 2, (mantissa * 2 + 1) * unit / 2
    for digits in range(150, 160):
        context = Context(prec=digits, Emax=9999, Emin=-9999)
        value = mantissa * unit
        shown = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        if low <= Fraction(shown) <= high:
            return -shown if exact < 0 else shown
    return EXACT.divide(a, b)


def _remainder(a: Decimal, b: Decimal) -> Decimal:
    if b == 0:
        raise Refused("a remainder of division by zero")
    if b.is_infinite():
        return a
    whole = EXACT.divide(a, b).to_integral_value(ROUND_DOWN)
    return EXACT.subtract(a, EXACT.multiply(b, whole))


def _with(made: Val, *operands: Val) -> Val:
    made.secret = any(one.secret for one in operands)
    trail = tuple(dict.fromkeys(step for one in operands for step in one.trail))
    made.trail = trail[:16]
    return made


def _equality(operator: str, left: Val, right: Val) -> Val:
    refused = first_unknown((left, right))
    if refused is not None and refused.error:
        return refused
    answer = equal(left, right)
    if answer is not None:
        return _with(Bool(answer == (operator == "==")), left, right)
    open_one = refused or next(_open_parts(left, right), None)
    key = f"{text.key_of(left)} {operator} {text.key_of(right)}"
    if isinstance(open_one, Unk):
        return open_one.of(BOOL, key)
    from validator.readers.terraform.cty.convert import opened

    if isinstance(open_one, Str):
        return opened(open_one, BOOL, key)
    return Unk("whether these are equal is not known", BOOL, key=key)


def _open_parts(*values: Val) -> Iterator[Unk | Str]:
    from validator.readers.terraform.cty.queries import deep

    for value in values:
        for one in deep(value):
            if isinstance(one, Unk) or (isinstance(one, Str) and text.lit(one) is None):
                yield one


def equal(one: Val, other: Val) -> bool | None:
    """Whether two values are the same; None if nobody can tell."""
    if isinstance(one, Null) or isinstance(other, Null):
        if isinstance(one, Null) and isinstance(other, Null):
            return True
        present = other if isinstance(one, Null) else one
        return None if isinstance(present, Unk) and not present.present else False
    if isinstance(one, Lazy) or isinstance(other, Lazy):
        return True if one is other else None
    if isinstance(one, Unk) or isinstance(other, Unk):
        return _equal_unknown(one, other)
    match one, other:
        case Str(), Str():
            return text.same(one.pieces, other.pieces)
        case Num(), Num():
            return one.value == other.value
        case Bool(), Bool():
            return one.value == other.value
        case Seq(), Seq():
            return _equal_sequences(one, other)
        case Obj(), Obj():
            return _equal_objects(one, other)
        case _:
            return False


def _equal_unknown(one: Val, other: Val) -> bool | None:
    if isinstance(one, Unk) and isinstance(other, Unk) and one.key and one.key == other.key:
        return True
    types = (type_of(one), type_of(other))
    if all(type_.primitive for type_ in types) and types[0] != types[1]:
        return False
    return None


def _equal_sequences(one: Seq, other: Seq) -> bool | None:
    if one.kind != other.kind:
        return False
    if one.rest is not None or other.rest is not None:
        return None
    if one.kind == "set":
        return _equal_sets(one, other)
    if len(one.items) != len(other.items):
        return False
    return _all(equal(a, b) for a, b in zip(one.items, other.items, strict=True))


def _equal_sets(one: Seq, other: Seq) -> bool | None:
    from validator.readers.terraform.cty.queries import wholly_known

    if not (wholly_known(one) and wholly_known(other)):
        return None
    if len(one.items) != len(other.items):
        return False
    return _all(equal(a, b) for a, b in zip(one.items, other.items, strict=True))


def _equal_objects(one: Obj, other: Obj) -> bool | None:
    if one.kind != other.kind:
        return False
    if not (one.literal_keys and other.literal_keys):
        return None
    if one.entries.keys() != other.entries.keys():
        return False
    return _all(equal(value, other.entries[key]) for key, value in one.entries.items())


def _all(answers: Iterable[bool | None]) -> bool | None:
    sure: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            sure = None
    return sure
