"""What the builder of the syntax tree starts from: its text, leaves, and half-built parts."""

# ruff: noqa: D102  (each callback is the rule of its name)

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from sys import intern
from typing import Any, TypeAlias

from validator.readers.terraform.hcl.mask import Masked, Quoted
from validator.readers.terraform.hcl.scanner import Token
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import (
    Expr,
    Literal,
    Name,
    Template,
    Unary,
)

_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
MAX_CHAIN = 500
"""How many operators or steps may follow one another."""


Pair: TypeAlias = "tuple[Expr, Expr]"


class Line:
    """A line break that may matter."""

    __slots__ = ("start",)

    def __init__(self, start: int) -> None:
        self.start = start


class Step:
    """`.name`, `[key]` or a splat, before what it is applied to is known."""

    __slots__ = ("end", "key", "kind", "name", "start", "steps")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.name = ""
        self.key: Expr | None = None
        self.steps: list[Step] = []


class Term:
    """An operator and its right side."""

    __slots__ = ("operator", "x")

    def __init__(self, operator: str, x: Expr) -> None:
        self.operator = operator
        self.x = x


class Arguments:
    """What is between the brackets of a call."""

    __slots__ = ("expand", "items")

    def __init__(self, items: list[Expr], expand: bool) -> None:
        self.items = items
        self.expand = expand


class Leaves:
    """Callbacks for names, numbers and strings; `begin` names the text that is parsed next."""

    def __init__(self) -> None:
        self.source = Source("", "")
        self.base = 0
        self.masked = Masked("")
        self.pending: list[tuple[Template, Quoted]] = []

    def begin(self, source: Source, base: int, masked: Masked) -> None:
        """Set the text; `base` is the offset that the masked text's offsets count from."""
        self.source = source
        self.base = base
        self.masked = masked
        self.pending = []

    # --- helpers

    def _at(self, token: Token) -> int:
        return self.base + token.start

    def _to(self, token: Token) -> int:
        return self.base + token.end

    def _plain(self, children: list[Any]) -> list[Any]:
        """What is no line break; here none may stand."""
        for child in children:
            if isinstance(child, Line):
                raise Fault("an expression may not go on here on a new line", child.start)
        return children

    def _signed(self, x: Expr, token: Token) -> Expr:
        """With the signs that were hidden before a token."""
        for offset in reversed(self.masked.signs.get(token.start, ())):
            start = self.base + offset
            x = Unary(self.source, start, x.end, self.source.text[start], x)
        return x

    # --- leaves

    def new_line_or_comment(self, children: list[Any]) -> Line:
        return Line(self._at(children[0]))

    def identifier(self, children: list[Any]) -> Name:
        token = children[0]
        start, end = self.base + token.start, self.base + token.end
        # A repository says `var` and `aws_s3_bucket` ten thousand times: each is kept once.
        return Name(self.source, start, end, intern(self.source.text[start:end]))

    keyword = identifier

    def literal_value(self, children: list[Any]) -> Literal:
        token = children[0]
        value = _LITERALS[token.text]
        return Literal(self.source, self._at(token), self._to(token), value)

    def int_lit(self, children: list[Any]) -> Literal:
        token = children[0]
        start, end = self._at(token), self._to(token)
        try:
            number = Decimal(token.text)
        except InvalidOperation:
            raise Fault("this is no number", start, end) from None
        # (Exponents beyond this are no sizes or ports but an attack.)
        if number.adjusted() > 4000 or number.adjusted() < -4000:
            raise Fault("this number is too large", start, end)
        literal = Literal(self.source, start, end, number)
        return self._signed(literal, token)  # type: ignore[return-value]

    float_lit = int_lit

    def string(self, children: list[Any]) -> Template:
        start, end = self._at(children[0]), self._to(children[-1])
        template = Template(self.source, start, end)
        self.pending.append((template, self.masked.quoted[start - self.base]))
        return template

    def string_part(self, children: list[Any]) -> Any:
        return children[0]
