"""Values while Terraform's expressions are evaluated.

They carry Terraform's types, which `validator.graph.values` does not need; texts are in pieces
there and here. A value that is not known, or that Terraform would refuse, is an `Unk`: nothing
here raises because of what a configuration says.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Self, TypeVar

from validator.graph.span import Span, whole
from validator.graph.text import Dangling, Hole
from validator.graph.values import Step
from validator.readers.terraform.cty.types import DYNAMIC, Type

V = TypeVar("V", bound="Val")
MAX_TRAIL = 16
MAX_SIZE = 200_000
MAX_DEPTH = 100
MAX_TEXT = 1 << 20
MAX_KEY = 500
NOWHERE = whole("")


def short(key: str) -> str:
    """A name for something open; of one that has grown long, both ends and a digest.

    Names are made of the names that went in: without an end, each step could double them.
    """
    if len(key) <= MAX_KEY:
        return key
    from hashlib import sha256  # loads all of OpenSSL

    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{key[:300]}…{digest}…{key[-100:]}"


class Refused(Exception):
    """What Terraform would stop at; inside functions only, where it becomes an `Unk`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Limit(Refused):
    """What would take too much time or room here."""


class Val:
    """A value: where it is used, the hops to where it was written, whether it is secret."""

    __slots__ = ("secret", "span", "trail")

    size: int = 1
    depth: int = 0

    def __init__(self, span: Span = NOWHERE) -> None:
        self.span = span
        self.trail: tuple[Step, ...] = ()
        self.secret = False

    def _like(self, other: V) -> V:
        other.span = self.span
        other.trail = self.trail
        other.secret = self.secret
        return other

    def copy(self) -> Self:
        """The same value, to be used elsewhere."""
        raise NotImplementedError

    def at(self, span: Span) -> Self:
        """The same value, used at another place."""
        same = self.copy()
        same.span = span
        return same

    def via(self, how: str) -> Self:
        """The same value, with the place where it stands as the first hop."""
        same = self.copy()
        same.trail = (Step(how, self.span), *self.trail)[:MAX_TRAIL]
        return same

    def hidden(self) -> Self:
        """The same value, never to be printed."""
        same = self.copy()
        same.secret = True
        return same


class Num(Val):
    """A number."""

    __slots__ = ("value",)

    def __init__(self, value: Decimal, span: Span = NOWHERE) -> None:
        super().__init__(span)
        self.value = value

    def copy(self) -> Num:
        """The same value, to be used elsewhere."""
        return self._like(Num(self.value))


class Bool(Val):
    """True or false."""

    __slots__ = ("value",)

    def __init__(self, value: bool, span: Span = NOWHERE) -> None:
        super().__init__(span)
        self.value = value

    def copy(self) -> Bool:
        """The same value, to be used elsewhere."""
        return self._like(Bool(self.value))


class Null(Val):
    """`null`, of some type."""

    __slots__ = ("type",)

    def __init__(self, type_: Type = DYNAMIC, span: Span = NOWHERE) -> None:
        super().__init__(span)
        self.type = type_

    def copy(self) -> Null:
        """The same value, to be used elsewhere."""
        return self._like(Null(self.type))


class Unk(Val):
    """A value that is not known, as `validator.graph.values.Unknown`.

    `error` marks what Terraform would refuse, with the reason in `why`; `dangling` what it would
    refuse because something that is referred to does not exist; `undeclared` if no block declares
    it, which not even `try` forgives. `present` is set for what is surely not null, `made_by` as
    in `Hole`.
    """

    __slots__ = (
        "dangling",
        "error",
        "key",
        "made_by",
        "present",
        "supply",
        "type",
        "undeclared",
        "why",
    )

    def __init__(
        self,
        why: str,
        type_: Type = DYNAMIC,
        span: Span = NOWHERE,
        *,
        supply: str = "",
        key: str = "",
        error: bool = False,
        dangling: Dangling | None = None,
        present: bool = False,
    ) -> None:
        super().__init__(span)
        self.why = why
        self.type = type_
        self.supply = supply
        self.key = short(key)
        self.error = error
        self.dangling = dangling
        self.present = present
        self.made_by = ""
        self.undeclared = False

    def copy(self) -> Unk:
        """The same value, to be used elsewhere."""
        same = Unk(self.why, self.type, supply=self.supply, key=self.key, error=self.error)
        same.dangling = self.dangling
        same.present = self.present
        same.made_by = self.made_by
        same.undeclared = self.undeclared
        return self._like(same)

    def of(self, type_: Type, key: str = "") -> Unk:
        """What is made of it: the same reason, another type and name."""
        other = self.copy()
        other.type = type_
        other.key = short(key)
        other.present = False
        other.made_by = ""
        return other

    def piece(self) -> Hole | Dangling:
        """It as a piece of text."""
        if self.dangling is not None:
            return self.dangling
        place = f"{self.span.file}:{self.span.line}:{self.span.column}"
        return Hole(self.key or place, self.why, self.supply, made_by=self.made_by)


def refused(why: str, span: Span = NOWHERE) -> Unk:
    """What Terraform would stop at, as a value."""
    return Unk(why, DYNAMIC, span, error=True)


def dangling(name: str, why: str, span: Span = NOWHERE) -> Unk:
    """A reference to something that does not exist."""
    return Unk(why, DYNAMIC, span, error=True, dangling=Dangling(name, why))


def number(value: int | Decimal, span: Span = NOWHERE) -> Num:
    """A number."""
    return Num(Decimal(value), span)
