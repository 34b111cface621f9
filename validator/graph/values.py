"""Values as templates hold them: known, unknown or absent, each with where it was written.

`Node` is what an expression of any template language evaluates to. Nothing here has a truth value:
read a `Node` with `match`, and handle `Unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

from validator.graph.span import Span
from validator.graph.text import Hole, NoTruth, Text, text
from validator.records import dataclass, field, replace

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Step:
    """One hop that a value took, as a person would say it: `variable log_bucket, default`."""

    how: str
    span: Span


# --- lists and objects -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Items(NoTruth):
    """A list, set or tuple. `rest` is set if further items may follow that nobody knows yet."""

    items: tuple[Node, ...]
    rest: Unknown | None = None

    def __iter__(self) -> Iterator[Node]:
        """The known items, in order."""
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of an object and its value. `span` is the key's."""

    key: Text
    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Fields(NoTruth):
    """An object or map, in written order; a JSON text may even repeat a key.

    `rest` is set if further entries may exist that nobody knows yet.
    """

    entries: tuple[Entry, ...]
    rest: Unknown | None = None

    def entry(self, name: str) -> Entry | None:
        """The entry of a key, the last one if it is repeated."""
        for entry in reversed(self.entries):
            if entry.key.literal == name:
                return entry
        return None

    def get(self, name: str) -> Node | None:
        """The value under a key, the last one if it is repeated; None if no entry has that key."""
        entry = self.entry(name)
        return None if entry is None else entry.value


# --- known, unknown, absent --------------------------------------------------------------------

Datum: TypeAlias = "Text | bool | Decimal | Items | Fields | None"


@dataclass(frozen=True, slots=True)
class Known(NoTruth, Generic[T_co]):
    """A value that these files settle.

    `span` is where it is used; `trail` leads from there to where it was written.
    """

    value: T_co
    span: Span
    trail: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown(NoTruth):
    """A value that was written but that these files do not settle.

    `why` says what is missing, `supply` how a person can give it, `key` names it and `made_by`
    tells where it comes from as in `Hole`.
    """

    why: str
    span: Span
    trail: tuple[Step, ...] = ()
    supply: str = ""
    key: str = ""
    made_by: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Absent(NoTruth):
    """Not written at all; the span is that of the resource which could have had it.

    Where a null was written instead, `trail` leads to where it came from.
    """

    span: Span
    trail: tuple[Step, ...] = ()


Node: TypeAlias = "Known[Datum] | Unknown"
Value: TypeAlias = "Known[T_co] | Unknown | Absent"


def reached(node: Node, step: Step) -> Node:
    """The same value seen from one hop further away."""
    return replace(node, trail=(step, *node.trail))


def moved(node: Node, span: Span) -> Node:
    """The same value, used at another place."""
    return replace(node, span=span)


def at_its_key(node: Node, key: Span) -> Node:
    """A list or object that begins on a line below its key, seen at the key: the line to change."""
    match node:
        case Known(value=Items() | Fields(), span=span) if span.line > key.line:
            return moved(node, key)
        case _:
            return node


def hole(unknown: Unknown) -> Hole:
    """An unknown as a piece of text."""
    place = f"{unknown.span.file}:{unknown.span.line}:{unknown.span.column}"
    return Hole(unknown.key or place, unknown.why, unknown.supply, made_by=unknown.made_by)


def as_text(node: Node) -> Text | None:
    """What a template of either language writes for a scalar; None for null, lists and objects."""
    match node:
        case Unknown():
            return Text((hole(node),))
        case Known(value=Text() as words):
            return words
        case Known(value=bool() as flag):
            return text("true" if flag else "false")
        case Known(value=Decimal() as number):
            return text(number_text(number))
        case Known():
            return None


def number_text(number: Decimal) -> str:
    """A number without exponent and without a fraction of zeros, as both languages write it."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
