"""The graph of AWS resources that every template language ends in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol, TypeVar

from validator.graph.order import Order
from validator.graph.span import Span
from validator.graph.text import Symbol, Text
from validator.graph.values import Known, Node, Unknown
from validator.records import dataclass, field

Language = Literal["terraform", "cloudformation"]


_ACCOUNT = Text((Symbol("account"),))
_REGION = Text((Symbol("region"),))
_PARTITION = Text((Symbol("partition"),))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource is deployed to; symbols until somebody says.

    `role` is the ARN of the role that the deploy tool takes on for it, empty if it names none.
    """

    account: Text = _ACCOUNT
    region: Text = _REGION
    partition: Text = _PARTITION
    role: Text = Text(())


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A resource as a template declares it, before anything is made of it.

    `unit` is the root module's folder or the template's path, `name` what a person calls the
    resource inside it: `module.net.aws_flow_log.this["a"]`, or the logical ID. `managed` is
    False for what exists elsewhere and is only looked up. `attribute` evaluates one top-level
    attribute or nested block on demand (blocks as `Items` of `Fields`); None means that it is
    not written. `span` is that of the block or of the resource's key, `exists` is unknown for a
    resource whose count or condition is open. `ignores` tells of an attribute whether the
    deploy tool leaves changes that others made to it as they are, `unclear` is set if its
    source leaves that out. `alias` is the name that a generator of templates noted beside a
    name of its own making (`Network/Vpc/FlowLog` by the CDK). `fresh` says whether the deploy makes
    it anew, None if nobody tells. `calls` are the places of the module calls or nested stacks that
    it comes by, the outermost first. `unread` is set for what stands for resources that nobody
    can write out, those of a module that is not here: each of its attributes is unknown.
    """

    language: Language
    type: str
    unit: str
    name: str
    span: Span
    exists: Known[bool] | Unknown
    attribute: Callable[[str], Node | None]
    place: Place = Place()
    managed: bool = True
    ignores: Callable[[str], bool] = field(default=lambda _: False)
    alias: str = ""
    unclear: Unknown | None = None
    fresh: bool | None = None
    calls: tuple[Span, ...] = ()
    unread: Unknown | None = None

    @property
    def address(self) -> str:
        """Unique across the units of a run."""
        return f"{self.unit}#{self.name}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a unit that could not be read: what it may declare is unknown, not missing.

    `touches` tells whether that part may know of a resource, by its address and its literal name
    if it has one, an empty one if AWS makes it up: a module that is given neither cannot attach a
    policy to it.
    """

    unit: str
    why: str
    span: Span
    supply: str = ""
    touches: Callable[[str, str | None], bool] = field(
        default=lambda address, name: True, compare=False
    )


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One unit under one consistent assignment of what its conditions leave open.

    `when` says the assignment in words (`IsProd is true`), empty if nothing is open.
    `dependencies` gives the addresses that one address surely waits for, one hop, whatever kind
    of thing stands between (a timer, a module, a data source). `exports` are the values that it
    hands to other units, by name; `imports` the names that its resources take from others, each a
    `Hole` whose key is `EXPORT` and the name (see `validator.graph.imports`). `together` names the
    units that are surely deployed to the same account and region, perhaps this one among them.
    `unset` are the variables of a Terraform root module that must be given and are not: it is a
    module that others call, or one whose values stand elsewhere. `aws_provider` is the lowest major
    version of Terraform's AWS provider that it can run with, and where that is said;
    `latest_aws_provider` the highest. `absent` are the types and places of resources that are
    written and not deployed in this world, since a count or a condition says so; the type of a
    module call is empty.
    """

    unit: str
    resources: tuple[Declared, ...]
    dependencies: Callable[[str], frozenset[str]] = field(default=lambda _: frozenset())
    gaps: tuple[Gap, ...] = ()
    when: tuple[str, ...] = ()
    exports: Callable[[], Mapping[str, Node]] = field(default=dict[str, Node])
    imports: Callable[[], frozenset[str]] = field(default=frozenset[str])
    together: frozenset[str] = frozenset()
    unset: Callable[[], tuple[str, ...]] = field(default=tuple[str, ...])
    aws_provider: Callable[[], tuple[int, Span] | None] = field(default=lambda: None)
    latest_aws_provider: Callable[[], tuple[int, Span] | None] = field(default=lambda: None)
    absent: tuple[tuple[str, Span], ...] = ()


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


class Others:
    """The worlds of a run's other units, indexed once for all of them."""

    def __init__(self, worlds: Iterable[World]) -> None:
        self.worlds = tuple(worlds)
        self.index = _Index(self.worlds)
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
            if not resource.address.startswith(f"{self.home.unit}#"):
                yield resource

    def count(self, kind: Kind[R]) -> int:
        """How many resources of a kind there are, at the most."""
        return len(self._index.of(kind)) + len(self.others.index.of(kind))

    def looked_up(self, kind: Kind[R]) -> Iterator[R]:
        """Those of a kind, everywhere, that no unit creates: they are looked up, or told of."""
        yield from (one for one in self._index.of(kind).values() if not one.managed)
        for resource in self.others.looked_up(kind):
            if not resource.address.startswith(f"{self.home.unit}#"):
                yield resource

    def get(self, address: str, kind: Kind[R]) -> R | None:
        """The resource of a kind at an address, in whatever unit it is."""
        found = self._index.of(kind).get(address)
        if found is None and not address.startswith(f"{self.home.unit}#"):
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
