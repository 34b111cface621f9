"""Values while Terraform's expressions are evaluated.

They carry Terraform's types, which `validator.graph.values` does not need; texts are in pieces
there and here. A value that is not known, or that Terraform would refuse, is an `Unk`: nothing
here raises because of what a configuration says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Literal, Self, TypeAlias, TypeVar

from validator.graph.span import Span
from validator.graph.text import Dangling, Hole, Json, Lit, Piece, Text
from validator.graph.values import Node, Step
from validator.readers.terraform.cty.types import DYNAMIC, Type

V = TypeVar("V", bound="Val")
MAX_TRAIL = 16
MAX_SIZE = 200_000
MAX_DEPTH = 100
MAX_TEXT = 1 << 20
MAX_PIECES = 20_000
MAX_KEY = 500
NOWHERE = Span("", 1, 1, 1, 1)


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


class SizedJson(Json):
    """JSON in a text, with the size and depth of its value, and its text once it was needed."""

    __slots__ = ("depth", "known", "size", "written")
    size: int
    depth: int
    known: bool
    written: str | None

    def __init__(self, node: Node, size: int, depth: int) -> None:
        super().__init__(node)
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "depth", depth)
        object.__setattr__(self, "known", False)
        object.__setattr__(self, "written", None)

    def keep(self, written: str | None) -> None:
        """Remember the text."""
        object.__setattr__(self, "written", written)
        object.__setattr__(self, "known", True)


def _length(pieces: tuple[Piece, ...]) -> int:
    return sum(len(piece.text) for piece in pieces if isinstance(piece, Lit))


def _compact(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """So many literals that their places matter to nobody, joined."""
    out: list[Piece] = []
    for known, group in groupby(
        pieces, lambda piece: isinstance(piece, Lit) and not piece.sensitive
    ):
        row = list(group)
        if known and _length(tuple(row)) <= MAX_TEXT:
            out.append(Lit("".join(piece.text for piece in row if isinstance(piece, Lit))))
        else:
            out.extend(row)
    return tuple(out)


class Str(Val):
    """A text in pieces."""

    __slots__ = ("depth", "pieces", "size")

    def __init__(self, pieces: tuple[Piece, ...], span: Span = NOWHERE) -> None:
        super().__init__(span)
        if len(pieces) > MAX_PIECES:
            pieces = _compact(pieces)
        if len(pieces) > MAX_PIECES or (len(pieces) > 1 and _length(pieces) > MAX_TEXT):
            raise Limit(f"this text is longer than {MAX_TEXT} characters or {MAX_PIECES} pieces")
        self.pieces: tuple[Piece, ...] = pieces
        self.size, self.depth = 1, 0
        for piece in pieces:
            if isinstance(piece, SizedJson):
                self.size += piece.size
                self.depth = max(self.depth, piece.depth)
        if self.size > MAX_SIZE:
            raise Limit(f"this has more than {MAX_SIZE} parts")

    def copy(self) -> Str:
        """The same value, to be used elsewhere."""
        return self._like(Str(self.pieces))


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


SeqKind = Literal["tuple", "list", "set"]
Key: TypeAlias = "str | Text"


def _measure(values: Iterable[Val]) -> tuple[int, int]:
    size, depth = 1, 0
    for value in values:
        size += value.size
        depth = max(depth, value.depth)
    if size > MAX_SIZE:
        raise Limit(f"this has more than {MAX_SIZE} parts")
    if depth >= MAX_DEPTH:
        raise Limit(f"this is nested more than {MAX_DEPTH} deep")
    return size, depth + 1


class Seq(Val):
    """A tuple, list or set; `rest` if there may be further items, at places nobody knows.

    `owner` names the resource or module whose instances these are.
    """

    __slots__ = ("depth", "element", "items", "kind", "owner", "rest", "size")

    def __init__(
        self,
        kind: SeqKind,
        items: list[Val],
        element: Type = DYNAMIC,
        rest: Unk | None = None,
        span: Span = NOWHERE,
    ) -> None:
        super().__init__(span)
        self.kind: SeqKind = kind
        self.items = items
        self.element = element
        self.rest = rest
        self.owner = ""
        self.size, self.depth = _measure(items)

    def copy(self) -> Seq:
        """The same value, to be used elsewhere."""
        same = self._like(Seq(self.kind, [], self.element, self.rest))
        same.items, same.owner = self.items, self.owner
        same.size, same.depth = self.size, self.depth
        return same


class Obj(Val):
    """An object or map in written order; a key that is not literal is a `Text`.

    `rest` if there may be further entries that nobody knows. `key_spans` says where keys stand,
    `owner` names the resource or module whose instances these are.
    """

    __slots__ = ("depth", "element", "entries", "key_spans", "kind", "owner", "rest", "size")

    def __init__(
        self,
        kind: Literal["object", "map"],
        entries: dict[Key, Val],
        element: Type = DYNAMIC,
        rest: Unk | None = None,
        span: Span = NOWHERE,
    ) -> None:
        super().__init__(span)
        self.kind: Literal["object", "map"] = kind
        self.entries = entries
        self.element = element
        self.rest = rest
        self.key_spans: dict[Key, Span] = {}
        self.owner = ""
        self.size, self.depth = _measure(entries.values())

    def copy(self) -> Obj:
        """The same value, to be used elsewhere."""
        same = self._like(Obj(self.kind, {}, self.element, self.rest))
        same.entries, same.key_spans, same.owner = self.entries, self.key_spans, self.owner
        same.size, same.depth = self.size, self.depth
        return same

    @property
    def literal_keys(self) -> bool:
        """Whether every key is known."""
        return self.rest is None and all(isinstance(key, str) for key in self.entries)

    def sorted(self) -> Iterator[tuple[Key, Val]]:
        """The entries as Terraform iterates them, those with open keys last."""
        yield from sorted(
            self.entries.items(), key=lambda one: (not isinstance(one[0], str), str(one[0]))
        )


class Lazy(Val):
    """An object whose attributes are evaluated when they are asked for: a resource, a module."""

    __slots__ = ()

    def attribute(self, name: str) -> Val:
        """One attribute."""
        raise NotImplementedError

    def names(self) -> list[str]:
        """The attributes that are surely there."""
        return []

    def as_whole(self) -> Unk:
        """What stands for it where all of its attributes count: `names` may not be all."""
        return Unk("not all attributes of this object are known", DYNAMIC, self.span)

    def copy(self) -> Self:
        """Itself: it stands for one thing."""
        return self

    def at(self, span: Span) -> Self:
        """Itself: it stands for one thing."""
        return self

    def via(self, how: str) -> Self:
        """Itself: it stands for one thing."""
        return self

    def hidden(self) -> Self:
        """Itself: it stands for one thing."""
        return self


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


def string(text: str, span: Span = NOWHERE) -> Str:
    """A literal text that was computed."""
    return Str((Lit(text),) if text else (), span)


def number(value: int | Decimal, span: Span = NOWHERE) -> Num:
    """A number."""
    return Num(Decimal(value), span)
