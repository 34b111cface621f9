"""The syntax tree of HCL's expressions: what the evaluator walks.

Every node knows its source and its offsets there. Names and literals are decoded; templates are in
parts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from validator.readers.terraform.hcl.source import Node, Source


class Literal(Node):
    """A number, `true`, `false` or `null`."""

    __slots__ = ("value",)

    def __init__(self, source: Source, start: int, end: int, value: Decimal | bool | None) -> None:
        super().__init__(source, start, end)
        self.value = value


class Name(Node):
    """A name by itself: what a reference starts with."""

    __slots__ = ("name",)

    def __init__(self, source: Source, start: int, end: int, name: str) -> None:
        super().__init__(source, start, end)
        self.name = name


class Attr(Node):
    """`of.name`."""

    __slots__ = ("name", "of")

    def __init__(self, source: Source, start: int, end: int, of: Expr, name: str) -> None:
        super().__init__(source, start, end)
        self.of = of
        self.name = name


class Index(Node):
    """`of[key]`."""

    __slots__ = ("key", "of")

    def __init__(self, source: Source, start: int, end: int, of: Expr, key: Expr) -> None:
        super().__init__(source, start, end)
        self.of = of
        self.key = key


class Each(Node):
    """The item that a splat is at: what `each` of `Splat` starts from."""

    __slots__ = ()


class Splat(Node):
    """`of[*].x` or `of.*.x`: `each` is written over an `Each` node."""

    __slots__ = ("each", "full", "item", "of")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        of: Expr,
        item: Each,
        each: Expr,
        full: bool = True,
    ) -> None:
        super().__init__(source, start, end)
        self.full = full
        self.of = of
        self.item = item
        self.each = each


class Call(Node):
    """`name(arguments)`; with `expand`, the last argument is followed by `...`."""

    __slots__ = ("arguments", "expand", "name")

    def __init__(
        self, source: Source, start: int, end: int, name: str, arguments: list[Expr], expand: bool
    ) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.arguments = arguments
        self.expand = expand


class Unary(Node):
    """`-x` or `!x`."""

    __slots__ = ("operator", "x")

    def __init__(self, source: Source, start: int, end: int, operator: str, x: Expr) -> None:
        super().__init__(source, start, end)
        self.operator = operator
        self.x = x


class Binary(Node):
    """`left operator right`."""

    __slots__ = ("left", "operator", "right")

    def __init__(
        self, source: Source, start: int, end: int, operator: str, left: Expr, right: Expr
    ) -> None:
        super().__init__(source, start, end)
        self.operator = operator
        self.left = left
        self.right = right


class Conditional(Node):
    """`test ? yes : no`."""

    __slots__ = ("no", "test", "yes")

    def __init__(
        self, source: Source, start: int, end: int, test: Expr, yes: Expr, no: Expr
    ) -> None:
        super().__init__(source, start, end)
        self.test = test
        self.yes = yes
        self.no = no


class Paren(Node):
    """`(x)`: as an object's key it makes a name an expression."""

    __slots__ = ("x",)

    def __init__(self, source: Source, start: int, end: int, x: Expr) -> None:
        super().__init__(source, start, end)
        self.x = x


class Tuple(Node):
    """`[a, b]`."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Expr]) -> None:
        super().__init__(source, start, end)
        self.items = items


class Object(Node):
    """`{ a = 1 }`; a bare name as key is a `Name`."""

    __slots__ = ("entries",)

    def __init__(
        self, source: Source, start: int, end: int, entries: list[tuple[Expr, Expr]]
    ) -> None:
        super().__init__(source, start, end)
        self.entries = entries


class For(Node):
    """`[for k, v in of : value if test]`, or with `key` the form in braces."""

    __slots__ = ("group", "key", "key_name", "of", "test", "value", "value_name")

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.key_name: str | None = None
        self.value_name = ""
        self.of: Expr = self
        self.key: Expr | None = None
        self.value: Expr = self
        self.test: Expr | None = None
        self.group = False


class Chars(Node):
    """Literal characters of a template; `margin` columns were cut from its later lines."""

    __slots__ = ("margin", "text")

    def __init__(self, source: Source, start: int, end: int, text: str, margin: int = 0) -> None:
        super().__init__(source, start, end)
        self.text = text
        self.margin = margin


class If(Node):
    """`%{ if test }…%{ else }…%{ endif }`."""

    __slots__ = ("no", "test", "yes")

    def __init__(self, source: Source, start: int, end: int, test: Expr) -> None:
        super().__init__(source, start, end)
        self.test = test
        self.yes: list[Part] = []
        self.no: list[Part] = []


class Repeat(Node):
    """`%{ for k, v in of }…%{ endfor }`."""

    __slots__ = ("key_name", "of", "parts", "value_name")

    def __init__(self, source: Source, start: int, end: int, names: list[str], of: Expr) -> None:
        super().__init__(source, start, end)
        self.key_name = names[0] if len(names) == 2 else None
        self.value_name = names[-1]
        self.of = of
        self.parts: list[Part] = []


class Template(Node):
    """A quoted string or a heredoc; `wraps` if it is one interpolation and nothing else."""

    __slots__ = ("parts", "wraps")

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.parts: list[Part] = []
        self.wraps = False

    @property
    def literal(self) -> str | None:
        """The text, if it is literal throughout."""
        if all(isinstance(part, Chars) for part in self.parts):
            return "".join(part.text for part in self.parts if isinstance(part, Chars))
        return None


Expr: TypeAlias = (
    Literal
    | Name
    | Attr
    | Index
    | Each
    | Splat
    | Call
    | Unary
    | Binary
    | Conditional
    | Paren
    | Tuple
    | Object
    | For
    | Template
)
Part: TypeAlias = Chars | If | Repeat | Expr
