"""Resources by what they belong to, looked up without walking all of them for every delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeAlias, TypeVar, cast

from validator.aws import Resource
from validator.delivery.resolve import Resolver, targets
from validator.graph.graph import Graph, Kind, World
from validator.graph.values import Absent, Hole, Known, Symbol, Text, Unknown, Value

R = TypeVar("R", bound=Resource)
Owners: TypeAlias = "Callable[[R], Iterable[Value[Text]]]"


class _Shelf(Generic[R]):
    """Resources of a kind by the address and by the literal name of their owner; the open ones."""

    def __init__(self, resources: Iterable[R], owners: Owners[R], resolve: Resolver) -> None:
        self.by_address: dict[str, list[R]] = {}
        self.by_name: dict[str, list[R]] = {}
        self.open: list[R] = []
        self.open_in: dict[str, list[R]] = {}
        for resource in resources:
            for owner in owners(resource):
                self._put(resource, owner, resolve.of(resource.unit))

    def _put(self, resource: R, owner: Value[Text], resolve: Resolver) -> None:
        match owner:
            case Absent():
                return
            case Unknown():
                self._put_open(resource)
            case Known(value=words):
                for address in targets(words):
                    self.by_address.setdefault(address, []).append(resource)
                whole = resolve(words)
                if (literal := whole.literal) is not None:
                    self.by_name.setdefault(literal, []).append(resource)
                elif not targets(words) or _is_open(whole):
                    self._put_open(resource)

    def _put_open(self, resource: R) -> None:
        self.open.append(resource)
        self.open_in.setdefault(resource.unit, []).append(resource)

    def about(self, name: Text, address: str | None) -> Iterator[R]:
        """What belongs, or may belong, to the thing with a name and an address."""
        if address is not None:
            yield from self.by_address.get(address, ())
        if (literal := name.literal) is not None:
            yield from self.by_name.get(literal, ())


def _is_open(words: Text) -> bool:
    return any(isinstance(piece, Hole | Symbol) for piece in words.pieces)


def owned(
    graph: Graph, kind: type[R], owners: Owners[R], name: Text, address: str | None
) -> list[R]:
    """The resources of a kind that belong, or may belong, to the thing with a name and an address.

    `owners` gives the texts that name a resource's owners; it must be a function of a module, the
    same at every call. Of another unit, an open owner can only be a thing of that unit.
    """
    read = cast("Kind[R]", kind)
    key = (kind, owners)
    home = cast("_Shelf[R] | None", graph.memo.get(key))
    if home is None:
        resolve = Resolver(graph, "aws", graph.home.unit)
        home = graph.memo[key] = _Shelf(graph.all(read), owners, resolve)
    others = graph.others
    far = cast("_Shelf[R] | None", others.memo.get(key))
    if far is None:
        nowhere = Graph(World("", ()), others)
        resolve = Resolver(nowhere, "aws", "")
        far = others.memo[key] = _Shelf(nowhere.everywhere(read), owners, resolve)
    found = {one.address: one for one in home.about(name, address)}
    found.update((one.address, one) for one in home.open)
    if _is_open(name):
        found.update((one.address, one) for ones in home.by_name.values() for one in ones)
    unit = None if address is None else address.partition("#")[0]
    perhaps = far.open if unit is None else far.open_in.get(unit, ())
    for one in (*far.about(name, address), *perhaps):
        if one.unit != graph.home.unit:
            found.setdefault(one.address, one)
    return list(found.values())
