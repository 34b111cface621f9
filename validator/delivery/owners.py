"""Resources by what they belong to, looked up without walking all of them for every delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeAlias, TypeVar, cast

from validator.aws import Resource
from validator.delivery.resolve import Resolver, resource_at, targets
from validator.graph.addresses import unit_of
from validator.graph.graph import Graph, Kind
from validator.graph.text import Hole, Ref, Symbol, Text
from validator.graph.values import Absent, Known, Unknown, Value
from validator.graph.world import World

R = TypeVar("R", bound=Resource)
Owners: TypeAlias = "Callable[[R], Iterable[Value[Text]]]"


class _Shelf(Generic[R]):
    """Resources of a kind by the address and by the name of their owner, and the open ones.

    An open owner is a text that may turn out to be any name. One that refers to a resource which is
    created here is kept by what that is: it is not another one of that kind, unless by its name.
    """

    def __init__(self, resources: Iterable[R], owners: Owners[R], resolve: Resolver) -> None:
        self.by_address: dict[str, list[R]] = {}
        self.by_name: dict[object, list[R]] = {}
        self.written: _Loose[R] = _Loose()
        self.open: _Loose[R] = _Loose()
        self._graph = resolve.graph
        for resource in resources:
            for owner in owners(resource):
                self._put(resource, owner, resolve.of(resource.unit))

    def _put(self, resource: R, owner: Value[Text], resolve: Resolver) -> None:
        match owner:
            case Absent():
                return
            case Unknown():
                self.open.put(resource, frozenset())
            case Known(value=words):
                found = [resource_at(self._graph, address) for address in targets(words)]
                for address in targets(words):
                    self.by_address.setdefault(address, []).append(resource)
                whole = resolve(words)
                self.by_name.setdefault(whole.key, []).append(resource)
                kinds = frozenset(
                    type(one)
                    for one in found
                    if one is not None and one.managed and _whole_name(words)
                )
                if whole.literal is not None:
                    self.written.put(resource, kinds)
                elif not found or _is_open(whole):
                    self.open.put(resource, kinds)

    def about(self, name: Text, address: str | None) -> Iterator[R]:
        """What belongs to the thing with a name and an address."""
        if address is not None:
            yield from self.by_address.get(address, ())
        yield from self.by_name.get(name.key, ())


class _Loose(Generic[R]):
    """Resources by their unit, and by the kinds of what their owner refers to."""

    def __init__(self) -> None:
        self._all: dict[frozenset[type], list[R]] = {}
        self._in: dict[str, dict[frozenset[type], list[R]]] = {}

    def put(self, resource: R, kinds: frozenset[type]) -> None:
        self._all.setdefault(kinds, []).append(resource)
        self._in.setdefault(resource.unit, {}).setdefault(kinds, []).append(resource)

    def beside(self, kind: type | None, unit: str | None = None) -> Iterator[R]:
        """Those of a unit, or of all, that may belong to a thing of a kind."""
        found = self._all if unit is None else self._in.get(unit, {})
        for kinds, ones in found.items():
            if kind not in kinds:
                yield from ones


def _whole_name(words: Text) -> bool:
    """Whether a text is what one resource is called, with nothing around it."""
    match words.pieces:
        case (Ref(attribute="arn" | "id" | "name"),):
            return True
        case _:
            return False


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
    mine = None if address is None else resource_at(graph, address)
    of = type(mine) if mine is not None and mine.managed else None
    found = {one.address: one for one in home.about(name, address)}
    found.update((one.address, one) for one in home.open.beside(of))
    if _is_open(name):
        found.update((one.address, one) for one in home.written.beside(of))
    unit = None if address is None else unit_of(address)
    for one in (*far.about(name, address), *far.open.beside(of, unit)):
        if one.unit != graph.home.unit:
            found.setdefault(one.address, one)
    return list(found.values())
