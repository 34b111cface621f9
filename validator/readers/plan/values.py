"""A planned value, with what the plan leaves out of it, as the graph holds it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from validator.graph.span import Span
from validator.graph.text import Lit, Text, text
from validator.graph.values import Entry, Fields, Items, Known, Node, Unknown
from validator.readers.loose import rows, table
from validator.records import dataclass

MAX_DEPTH = 64


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A value, and what mirrors it.

    `unknown` and `sensitive` have `true` at such leaves, `expression` what the configuration has
    for them; `path` is where the value stands.
    """

    value: object
    unknown: object = None
    sensitive: object = None
    expression: object = None
    path: tuple[str, ...] = ()

    def field(self, name: str) -> Shaped:
        """A value of an object."""
        return Shaped(
            table(self.value).get(name),
            table(self.unknown).get(name),
            self.sensitive if self.sensitive is True else table(self.sensitive).get(name),
            self._inner(name),
            (*self.path, name),
        )

    def _inner(self, name: str) -> object:
        """A block's own expression for a field; of a whole object's, only that it is of it."""
        one = table(self.expression)
        if "constant_value" in one or "references" in one or not one:
            constant = table(one.get("constant_value"))
            return {"constant_value": constant[name]} if name in constant else {}
        return one.get(name, {})

    def item(self, index: int) -> Shaped:
        """A value of a list."""

        def at(whole: object) -> object:
            items = rows(whole)
            return items[index] if index < len(items) else None

        blocks = rows(self.expression)
        single = len(rows(self.value)) == 1 or len(rows(self.unknown)) == 1
        inner: object = {}
        if blocks:
            inner = blocks[index] if len(blocks) == len(self) else {}
        elif single:
            # The only item of a list has the list's origins.
            inner = {} if "constant_value" in table(self.expression) else self.expression
        return Shaped(
            at(self.value),
            at(self.unknown),
            True if self.sensitive is True else at(self.sensitive),
            inner,
            self.path,
        )

    def __len__(self) -> int:
        """How many items a list has."""
        return max(len(rows(self.value)), len(rows(self.unknown)))


Settle = Callable[[Shaped], Node]


def node(shaped: Shaped, span: Span, unknown: Settle, known: Settle, depth: int = 0) -> Node:
    """The node of a planned value.

    `unknown` makes one of a leaf that the plan leaves out, `known` one of a text that it holds.
    """
    if depth > MAX_DEPTH:
        return Unknown(f"this is nested more than {MAX_DEPTH} deep", span)
    value, leaves = shaped.value, shaped.unknown
    if leaves is True:
        return unknown(shaped)
    if isinstance(value, str):
        return hidden(shaped, span) if shaped.sensitive is True else known(shaped)
    if isinstance(value, bool | Decimal):
        return Known(value, span)
    if isinstance(value, list) or isinstance(leaves, list):
        items = (
            node(shaped.item(index), span, unknown, known, depth + 1)
            for index in range(len(shaped))
        )
        return Known(Items(tuple(items)), span)
    names = dict.fromkeys((*table(value), *table(leaves)))
    if names or isinstance(value, dict):
        entries = (
            Entry(text(name), node(shaped.field(name), span, unknown, known, depth + 1), span)
            for name in names
        )
        return Known(Fields(tuple(entries)), span)
    return Known(None, span)


def hidden(shaped: Shaped, span: Span) -> Node:
    """A text that is never printed."""
    words = shaped.value
    assert isinstance(words, str)
    return Known(Text((Lit(words, sensitive=True),)), span)
