"""`format` and `formatlist`, with the verbs that Terraform has.

<https://developer.hashicorp.com/terraform/language/functions/format>
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from validator.graph.text import Lit, Piece
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.convert import as_string, converted
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.cty.strings import Str, encoded, quoted
from validator.readers.terraform.cty.types import BOOL, NUMBER, STRING, list_of
from validator.readers.terraform.cty.values import Bool, Limit, Null, Num, Refused, Unk, Val
from validator.readers.terraform.functions.registry import Context as Calling
from validator.readers.terraform.functions.registry import function, give_up, open_text

_VERB = re.compile(r"%([ +#0-]*)(\d+)?(?:\.(\d*))?(?:\[(\d+)\])?(.)", re.DOTALL)
MAX_WIDTH = 10_000


@function("format", "sv*", STRING)
def format_(context: Calling, spec: str, *values: Val) -> Val:
    """A text by a pattern; `%s` keeps the pieces of what it writes."""
    return _formatted(context, spec, list(values))


@function("formatlist", "sv*", list_of(STRING))
def formatlist(context: Calling, spec: str, *values: Val) -> Val:
    """One text for each item of the lists given."""
    lists = [one for one in values if isinstance(one, Seq)]
    for one in values:
        if isinstance(one, Unk) and not one.type.primitive:
            give_up(one)
        if isinstance(one, Seq) and one.rest is not None:
            give_up(one.rest)
    if not lists:
        return Seq("list", [_formatted(context, spec, list(values))], STRING)
    if len({len(one.items) for one in lists}) > 1:
        raise Refused("the lists have different lengths")
    items: list[Val] = []
    for place in range(len(lists[0].items)):
        row = [one.items[place] if isinstance(one, Seq) else one for one in values]
        items.append(_formatted(context, spec, row))
    return Seq("list", items, STRING)


def _formatted(context: Calling, spec: str, values: list[Val]) -> Val:
    context.spend(1 + len(spec) // 100)
    pieces: list[Piece] = []
    following = 0
    highest = 0
    at = 0
    for found in re.finditer("%", spec):
        if found.start() < at:
            continue
        verb = _VERB.match(spec, found.start())
        if verb is None:
            raise Refused("the pattern ends with an incomplete verb")
        if verb.start() > at:
            pieces.append(Lit(spec[at : verb.start()]))
        at = verb.end()
        if verb[5] == "%":
            pieces.append(Lit("%"))
            continue
        place = int(verb[4]) - 1 if verb[4] else following
        following = place + 1
        highest = max(highest, following)
        if not 0 <= place < len(values):
            raise Refused(f"the pattern asks for argument {place + 1}, which is not given")
        pieces.extend(_written(verb, values[place], context))
    if at < len(spec):
        pieces.append(Lit(spec[at:]))
    if highest < len(values):
        raise Refused(f"the pattern uses {highest} of {len(values)} arguments")
    return Str(tuple(pieces))


def _written(verb: re.Match[str], value: Val, context: Calling) -> tuple[Piece, ...]:
    letter = verb[5]
    width = int(verb[2] or 0)
    if width > MAX_WIDTH or int(verb[3] or 0) > MAX_WIDTH:
        raise Limit(f"a field is wider than {MAX_WIDTH}")
    if isinstance(value, Unk) and value.error:
        if value.dangling is not None:
            return (value.dangling,)
        raise Refused(value.why)
    if letter == "v":
        return _any(verb, value, context)
    if isinstance(value, Null):
        raise Refused("an argument is null")
    if letter == "s":
        return _string(verb, value, context)
    if letter == "q":
        words = as_string(value)
        if not isinstance(words, Str) or text.lit(words) is None:
            words = _closed(words, context)
        return _padded(verb, quoted(text.lit(words) or ""))
    if letter == "t":
        flag = converted(value, BOOL)
        if isinstance(flag, Unk):
            give_up(flag)
        return _padded(verb, "true" if isinstance(flag, Bool) and flag.value else "false")
    if letter in "bdoxXeEfgG":
        amount = converted(value, NUMBER)
        if isinstance(amount, Unk):
            give_up(amount)
        assert isinstance(amount, Num)
        return _padded(verb, _number(verb, amount.value), number=True)
    raise Refused(f"%{letter} is no verb of format")


def _closed(words: Val, context: Calling) -> Str:
    if isinstance(words, Unk):
        give_up(words)
    assert isinstance(words, Str)
    expanded = context.expanded(words)
    if text.lit(expanded) is None:
        open_text(words)
    return expanded


def _string(verb: re.Match[str], value: Val, context: Calling) -> tuple[Piece, ...]:
    words = as_string(value)
    plain = not verb[2] and verb[3] is None
    if isinstance(words, Unk):
        if plain:
            return (words.piece(),)
        give_up(words)
    assert isinstance(words, Str)
    if plain:
        return words.pieces
    known = text.lit(_closed(words, context)) or ""
    return _padded(verb, known if verb[3] is None else known[: int(verb[3] or 0)])


def _any(verb: re.Match[str], value: Val, context: Calling) -> tuple[Piece, ...]:
    match value:
        case Null():
            return _padded(verb, "null")
        case Str():
            if "#" in verb[1]:
                return _padded(verb, quoted(text.lit(_closed(value, context)) or ""))
            return _string(verb, value, context)
        case Num(value=amount):
            return _padded(verb, text.number(amount), number=True)
        case Bool(value=flag):
            return _padded(verb, "true" if flag else "false")
        case Unk():
            return (value.piece(),)
        case _:
            node = to_node(value)
            written = text.json_text(node)
            return (encoded(value, node),) if written is None else _padded(verb, written)


def _padded(verb: re.Match[str], words: str, *, number: bool = False) -> tuple[Piece, ...]:
    width = int(verb[2] or 0)
    if "-" in verb[1]:
        words = words.ljust(width)
    elif "0" in verb[1] and number:
        sign = words[:1] if words[:1] in ("-", "+", " ") else ""
        words = sign + words[len(sign) :].rjust(width - len(sign), "0")
    else:
        words = words.rjust(width, "0" if "0" in verb[1] else " ")
    return (Lit(words),) if words else ()


def _number(verb: re.Match[str], amount: Decimal) -> str:
    letter = verb[5]
    if letter in "bdoxX":
        if amount != amount.to_integral_value() and letter != "d":
            raise Refused("a whole number is required")
        if amount != amount.to_integral_value():
            raise Refused("a whole number is required")
        whole = int(amount)
        prefix = (
            {"b": "0b", "o": "0", "x": "0x", "X": "0X"}.get(letter, "") if "#" in verb[1] else ""
        )
        words = ("-" if whole < 0 else "") + prefix + format(abs(whole), letter)
    else:
        words = _decimal(letter, amount, verb[3])
    if words[0] != "-":
        words = ("+" if "+" in verb[1] else " " if " " in verb[1] else "") + words
    return words


def _decimal(letter: str, amount: Decimal, precision: str | None) -> str:
    if amount.is_infinite():
        return "+Inf" if amount > 0 else "-Inf"
    if letter == "f":
        digits = 6 if precision is None else int(precision or 0)
        exact = Context(prec=5000, rounding=ROUND_HALF_EVEN)
        return format(amount.quantize(Decimal(1).scaleb(-digits), context=exact), "f")
    if letter in "eE":
        digits = 6 if precision is None else int(precision or 0)
        return _exponent(format(amount, f".{digits}e"), letter)
    if precision is not None:
        digits = int(precision) or 1
        amount = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(amount)
    exponent = amount.adjusted() if amount else 0
    if exponent < -4 or exponent >= (21 if precision is None else max(int(precision), 1)):
        digits_left = len(amount.normalize().as_tuple().digits) - 1
        return _exponent(format(amount, f".{digits_left}e"), "e" if letter == "g" else "E")
    return text.number(amount)


def _exponent(written: str, letter: str) -> str:
    mantissa, _, exponent = written.lower().partition("e")
    sign = exponent[0] if exponent[0] in "+-" else "+"
    return f"{mantissa}{letter}{sign}{exponent.lstrip('+-').rjust(2, '0')}"
