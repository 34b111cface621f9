"""The graph of AWS resources that every template language ends in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from validator.graph.addresses import head
from validator.graph.order import Order
from validator.graph.values import Unknown
from validator.graph.world import Declared, Gap, World
from validator.records import replace

R = TypeVar("R", bound="Readable")
R_co = TypeVar("R_co", bound="Readable", covariant=True)


class Readable(Protocol):
    """A resource made of a declared one."""

    @property
    def address(self) -> str:
        """Unique across the units of a run."""
        ...

    @property
    def managed(self) -> bool:
        """Whether it is created, not only looked up or told of."""
        ...


class Kind(Protocol[R_co]):
    """A kind of resource: which declared types it is read from, and how."""

    @property
    def types(self) -> Sequence[str]:
        """Every declared type that may hold one."""
        ...

    def read(self, declared: Declared) -> Iterator[R_co]:
        """The resources of this kind that one declared resource holds."""
        ...


class _Index:
    """Declared resources of some worlds by type, and what was read from them."""

    def __init__(self, worlds: Iterable[World]) -> None:
        self.by_type: dict[str, list[Declared]] = {}
        self.by_address: dict[str, Declared] = {}
        for world in worlds:
            for declared in world.resources:
                self.by_type.setdefault(declared.type, []).append(declared)
                self.by_address[declared.address] = declared
        self.read: dict[object, Mapping[str, object]] = {}

    def of(self, kind: Kind[R]) -> Mapping[str, R]:
        found = self.read.get(kind)
        if found is None:
            found = self.read[kind] = {
                resource.address: resource
                for type_ in kind.types
                for declared in self.by_type.get(type_, ())
                for resource in kind.read(declared)
            }
        return found  # type: ignore[return-value]  # the key is the kind that was read


def conditional(worlds: Sequence[World]) -> Iterator[World]:
    """The worlds of units, each with the existence open of what is not in all of its unit's.

    Which of them will be, no other unit knows.
    """
    several: dict[str, list[World]] = {}
    for world in worlds:
        several.setdefault(world.unit, []).append(world)
    for ones in several.values():
        if len(ones) == 1:
            yield ones[0]
            continue
        found: dict[str, list[World]] = {}
        for world in ones:
            for declared in world.resources:
                found.setdefault(declared.address, []).append(world)
        for world in ones:
            resources = tuple(_in(found[one.address], ones, one) for one in world.resources)
            yield replace(world, resources=resources)


def _in(found: Sequence[World], every: Sequence[World], declared: Declared) -> Declared:
    if len(found) == len(every):
        return declared
    why = f"whether {declared.name} in {declared.unit} is created"
    if len(found) == 1:
        why += f": only if {' and '.join(found[0].when)}"
    return replace(declared, exists=Unknown(why, declared.span))


class Others:
    """The worlds of a run's other units, indexed once for all of them."""

    def __init__(self, worlds: Iterable[World]) -> None:
        self.worlds = tuple(worlds)
        self.index = _Index(conditional(self.worlds))
        self.memo: dict[object, object] = {}
        self.gaps: dict[str, dict[Gap, None]] = {}
        self.by_unit: dict[str, World] = {}
        for world in self.worlds:
            self.by_unit.setdefault(world.unit, world)
            for gap in world.gaps:
                self.gaps.setdefault(gap.unit, {})[gap] = None
        self._looked_up: dict[object, list[object]] = {}

    def looked_up(self, kind: Kind[R]) -> list[R]:
        """The resources of a kind that none of these units creates."""
        found = self._looked_up.get(kind)
        if found is None:
            found = self._looked_up[kind] = [
                one for one in self.index.of(kind).values() if not one.managed
            ]
        return found  # type: ignore[return-value]  # the key is the kind that was read


class Graph:
    """One unit under one assignment, with the run's other units in reach.

    `memo` is a place for what others work out of the graph once and look up often.
    """

    def __init__(self, home: World, others: Others | None = None) -> None:
        self.home = home
        self.others = others or Others(())
        self.memo: dict[object, object] = {}
        self._index = _Index((home,))
        self._order = Order(home.dependencies)

    def together(self, unit: str) -> bool:
        """Whether a unit is surely deployed to the same account and region as this one."""
        return unit == self.home.unit or unit in self.home.together

    def unset(self, unit: str) -> tuple[str, ...]:
        """The variables of a unit that must be given and are not."""
        world = self.home if unit == self.home.unit else self.others.by_unit.get(unit)
        return () if world is None else world.unset()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be read of this unit."""
        return self.home.gaps

    def gaps_in(self, units: Collection[str]) -> tuple[Gap, ...]:
        """What could not be read of some units, in whatever units of the run they are."""
        found = {gap: None for gap in self.home.gaps if gap.unit in units}
        for unit in sorted(units):
            found.update(self.others.gaps.get(unit, {}))
        return tuple(found)

    def all(self, kind: Kind[R]) -> Iterator[R]:
        """This unit's resources of a kind, in written order."""
        yield from self._index.of(kind).values()

    def everywhere(self, kind: Kind[R]) -> Iterator[R]:
        """This unit's resources of a kind, then the other units'."""
        mine = self._index.of(kind)
        yield from mine.values()
        for resource in self.others.index.of(kind).values():
            if not resource.address.startswith(head(self.home.unit)):
                yield resource

    def count(self, kind: Kind[R]) -> int:
        """How many resources of a kind there are, at the most."""
        return len(self._index.of(kind)) + len(self.others.index.of(kind))

    def looked_up(self, kind: Kind[R]) -> Iterator[R]:
        """Those of a kind, everywhere, that no unit creates: they are looked up, or told of."""
        yield from (one for one in self._index.of(kind).values() if not one.managed)
        for resource in self.others.looked_up(kind):
            if not resource.address.startswith(head(self.home.unit)):
                yield resource

    def get(self, address: str, kind: Kind[R]) -> R | None:
        """The resource of a kind at an address, in whatever unit it is."""
        found = self._index.of(kind).get(address)
        if found is None and not address.startswith(head(self.home.unit)):
            found = self.others.index.of(kind).get(address)
        return found

    def declared(self, address: str) -> Declared | None:
        """What is declared at an address, of whatever kind."""
        return self._index.by_address.get(address) or self.others.index.by_address.get(address)

    def waits_for(self, address: str, other: str) -> bool:
        """Whether the deploy surely finishes `other` before it starts `address`."""
        return self._order.waits_for(address, other)

    def waited_for(self, address: str) -> Iterator[str]:
        """The addresses that the deploy surely finishes before it starts `address`."""
        return self._order.waited_for(address)
