"""Exports of units put where other units of the run import them.

An export's name stands once in an account and region, and is imported there only: units that are
tied by one are deployed together. An output in a Terraform state is read from anywhere, and ties
nothing, and so does a parameter in the Parameter Store, as providers may lead to other accounts.
<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html>
<https://developer.hashicorp.com/terraform/language/state/remote-state-data>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from validator.graph.outside import from_outside
from validator.graph.states import anywhere, is_state_output, split
from validator.graph.stored import DECODED, Stored, as_stored
from validator.graph.text import Hole, Json, Piece, Text
from validator.graph.values import (
    Datum,
    Entry,
    Fields,
    Items,
    Known,
    Node,
    Step,
    Unknown,
    as_text,
    moved,
    reached,
)
from validator.graph.world import Declared, World
from validator.records import replace

EXPORT: Final = "export#"
"""What the key of a hole begins with that stands for an export; its name follows."""

MAX_PIECES: Final = 1_000


def imported(node: Node) -> Iterator[str]:
    """The names of the exports that a value holds."""
    match node:
        case Unknown(key=key) if key.startswith(EXPORT):
            yield key.removeprefix(EXPORT)
        case Known(value=Text(pieces=pieces)):
            for piece in pieces:
                name = _name(piece)
                if name is not None:
                    yield name
                elif isinstance(piece, Json):
                    yield from imported(piece.node)
        case Known(value=Items(items=items)):
            for item in items:
                yield from imported(item)
        case Known(value=Fields(entries=entries)):
            for entry in entries:
                yield from imported(entry.value)
        case _:
            pass


def _name(piece: Piece) -> str | None:
    if isinstance(piece, Hole) and piece.key.startswith(EXPORT):
        return piece.key.removeprefix(EXPORT)
    return None


def decoded_key(key: str) -> str:
    """The key of what is inside of a stored text of JSON; empty if nobody can tell of it."""
    name = key.removeprefix(EXPORT)
    parameter = as_stored(name) if name != key else None
    return "" if parameter is None or parameter.path else key + DECODED


def linked(worlds: Sequence[World]) -> list[World]:
    """The worlds of a run, in order, with every import that a unit of the run settles.

    An import stays open if no unit exports its name, if several do with other values, or if the
    exporting unit does so under some of its conditions only.
    """
    importing = {id(world): world.imports() for world in worlds}
    if not any(importing.values()):
        return list(worlds)
    links = _Links(worlds)
    found = [_with_imports(world, links) if importing[id(world)] else world for world in worlds]
    for world in worlds:
        for name in sorted(importing[id(world)]):
            links.settle(world, name)
    together = links.together()
    return [replace(world, together=together[world.unit]) for world in found]


def _with_imports(world: World, links: _Links) -> World:
    return replace(world, resources=tuple(_filled(one, world, links) for one in world.resources))


def _filled(declared: Declared, world: World, links: _Links) -> Declared:
    known: dict[str, Node | None] = {}

    def attribute(name: str) -> Node | None:
        if name not in known:
            node = declared.attribute(name)
            known[name] = None if node is None else links.fill(node, world)
        return known[name]

    return replace(declared, attribute=attribute)


class _Links:
    """What is exported in a run, and who imports from whom."""

    def __init__(self, worlds: Sequence[World]) -> None:
        self._units: dict[str, list[World]] = {}
        for world in worlds:
            self._units.setdefault(world.unit, []).append(world)
        self._settled: dict[tuple[int, str], Node | None] = {}
        self._group = {unit: {unit} for unit in self._units}

    def together(self) -> dict[str, frozenset[str]]:
        """For each unit those that are deployed to its account and region, itself among them."""
        groups = {id(group): group for group in self._group.values()}
        frozen = {id_: frozenset(group) for id_, group in groups.items()}
        return {unit: frozen[id(group)] for unit, group in self._group.items()}

    @cached_property
    def _exporters(self) -> dict[str, list[str]]:
        """The units that export each name, in order."""
        found: dict[str, dict[str, None]] = {}
        for unit, several in self._units.items():
            for world in several:
                for name in world.exports():
                    found.setdefault(name, {})[unit] = None
        return {name: list(units) for name, units in found.items()}

    @cached_property
    def _stored(self) -> dict[str, list[tuple[str, str]]]:
        """The parameters by their bare names: the export's name, and the unit."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, units in self._exporters.items():
            parameter = as_stored(name)
            if parameter is not None:
                found.setdefault(parameter.name, []).extend((name, unit) for unit in units)
        return found

    def settle(self, world: World, name: str) -> Node | None:
        """What a world imports under a name, its own imports settled; None if that stays open."""
        key = (id(world), name)
        if key not in self._settled:
            self._settled[key] = None  # an import that leads back to itself
            self._settled[key] = self._settle(world, name)
        return self._settled[key]

    def _settle(self, world: World, name: str) -> Node | None:
        parameter = as_stored(name)
        if parameter is not None:
            return self._kept(parameter, world.unit)
        own = world.exports().get(name)
        if own is not None:
            # One nested stack imports what another one exports.
            return self._whole(own, world)
        exporters = self._exporters.get(split(name)[0])
        if exporters is None:
            name = anywhere(name)
            exporters = self._exporters.get(split(name)[0], [])
        found = self._agreed((name, unit) for unit in exporters)
        if found is not None and len(exporters) == 1 and not is_state_output(name):
            self._tie(world.unit, exporters[0])
        return found

    def _kept(self, parameter: Stored, reader: str) -> Node | None:
        """The value of a parameter, wherever it may be kept, as a unit sees it."""
        several = [
            (f"{name}{parameter.path}", unit)
            for name, unit in self._stored.get(parameter.name, ())
            if (one := as_stored(name)) is not None and one.may_be(parameter)
        ]
        # Environments have parameters of the same names, each its own.
        several = [one for one in several if one[1] == reader] or several
        found = self._agreed(several)
        outside = len({unit for _, unit in several} | {reader}) > 1
        return from_outside(found, several[0][1]) if found is not None and outside else found

    def _agreed(self, exports: Iterable[tuple[str, str]]) -> Node | None:
        """What units export under some names in all their worlds, if that is one value."""
        nodes: list[Node | None] = []
        for name, unit in exports:
            for one in self._units[unit]:
                node = one.exports().get(name)
                nodes.append(None if node is None else self._whole(node, one))
        words = [None if node is None else as_text(node) for node in nodes]
        if not words or words[0] is None:
            return None
        if any(one is None or not one.matches(words[0]) for one in words):
            return None
        return nodes[0]

    def _whole(self, node: Node, world: World) -> Node | None:
        whole = self.fill(node, world)
        words = as_text(whole)
        return whole if words is not None and len(words.pieces) <= MAX_PIECES else None

    def _tie(self, one: str, other: str) -> None:
        small, large = sorted((self._group[one], self._group[other]), key=len)
        if small is not large:
            large |= small
            for unit in small:
                self._group[unit] = large

    def fill(self, node: Node, world: World) -> Node:
        """A value with the imports that are settled in their places."""
        if not any(True for _ in imported(node)):
            return node
        match node:
            case Unknown(key=key):
                name = key.removeprefix(EXPORT)
                found = self.settle(world, name)
                return (
                    node if found is None else moved(reached(found, _step(name, found)), node.span)
                )
            case Known(value=Text() as words):
                return self._text(node, words, world)
            case Known(value=Items(items=items, rest=rest)):
                inner = tuple(self.fill(item, world) for item in items)
                return replace(node, value=Items(inner, rest))
            case Known(value=Fields(entries=entries, rest=rest)):
                filled = tuple(
                    Entry(entry.key, self.fill(entry.value, world), entry.span) for entry in entries
                )
                return replace(node, value=Fields(filled, rest))
            case _:
                return node

    def _text(self, node: Known[Datum], words: Text, world: World) -> Node:
        pieces: list[Piece] = []
        steps: list[Step] = []
        for piece in words.pieces:
            if isinstance(piece, Json):
                pieces.append(Json(self.fill(piece.node, world)))
                continue
            name = _name(piece)
            found = None if name is None else self.settle(world, name)
            there = None if found is None else as_text(found)
            if name is None or found is None or there is None:
                pieces.append(piece)
                continue
            step = _step(name, found)
            if isinstance(found, Unknown) and len(words.pieces) == 1:
                return moved(reached(found, step), node.span)
            pieces.extend(there.pieces)
            steps += [step, *found.trail]
        return replace(node, value=Text(tuple(pieces)), trail=(*node.trail, *steps))


def _step(name: str, found: Node) -> Step:
    parameter = as_stored(name)
    if parameter is not None:
        return Step(f"SSM parameter {parameter.name}", found.span)
    return Step(name if is_state_output(name) else f"export {name}", found.span)
