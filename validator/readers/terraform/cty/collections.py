"""Values with others in them: sequences, objects, and objects evaluated as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Self, TypeAlias

from validator.graph.span import Span
from validator.graph.text import Text
from validator.readers.terraform.cty.types import DYNAMIC, Type
from validator.readers.terraform.cty.values import MAX_DEPTH, MAX_SIZE, NOWHERE, Limit, Unk, Val

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
