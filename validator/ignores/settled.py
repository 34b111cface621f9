"""Whether a run has seen everything that an ignore may be needed for.

Only then an ignore without a finding is called unused; where a run sees a part, or judges with
values that differ from run to run, it is silent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate

from validator.aws import FlowLog
from validator.config import Options
from validator.discover import Found
from validator.files import Files
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.world import World
from validator.notes import Note
from validator.outcomes import Delivered, Verdict
from validator.readers import Settings, Unit

_FLOW_LOGS = frozenset(FlowLog.types)
_VALUES = (".tfvars", ".tfvars.json")


class Settled:
    """What a run knows of the units that it judged."""

    def __init__(
        self,
        found: Found,
        files: Files,
        options: Options,
        deliveries: Iterable[Delivered],
        worlds: Mapping[str, tuple[World, ...]],
        diagnostics: Iterable[Diagnostic],
    ) -> None:
        self._found = found
        self._files = files
        self._options = options
        self._worlds = worlds
        self._faults = tuple(diagnostics)
        self._deliveries: dict[str, list[Delivered]] = {}
        for one in deliveries:
            self._deliveries.setdefault(one.unit, []).append(one)
        self._whole: dict[Unit, bool] = {}
        self._beginnings: dict[Unit, _Beginnings] = {}

    def settled(self, note: Note) -> bool:
        """Whether nothing that this run has not seen can need an ignore."""
        if self._given or self._broken:
            return False
        units = self._units.get(note.span.file, ())
        if not units or not all(self._is_whole(unit) for unit in units):
            return False
        concerned = [self._concerned(unit, note) for unit in units]
        if not any(every for every, _ in concerned) or any(doubtful for _, doubtful in concerned):
            return False
        # Some rules look at everything: a second flow log that is the same, the quota of a VPC.
        return self._sees_everything

    @cached_property
    def _broken(self) -> bool:
        return any(one.kind in ("internal", "rule") for one in self._faults)

    @cached_property
    def _sees_everything(self) -> bool:
        return self._found.everywhere() <= set(self._found.units)

    @property
    def _given(self) -> bool:
        """Whether this run judges with values that another may not be given."""
        return self._options.settings != Settings() or bool(self._options.existing)

    @cached_property
    def _units(self) -> dict[str, list[Unit]]:
        """The judged units that each file belongs to."""
        units: dict[str, list[Unit]] = {}
        for unit in self._found.units:
            for file in self._found.files_of(unit):
                units.setdefault(file, []).append(unit)
        return units

    def _is_whole(self, unit: Unit) -> bool:
        if unit not in self._whole:
            own = {unit.path, *self._found.files_of(unit)}
            self._whole[unit] = not (
                any(one.span.file in own for one in self._faults)
                or any(world.gaps for world in self._worlds.get(unit.path, ()))
                or self._has_absent(unit)
                or (unit.kind == "terraform" and self._has_other_values(unit.path))
            )
        return self._whole[unit]

    def _has_absent(self, unit: Unit) -> bool:
        """Whether flow logs, or whole modules, are written in a unit and deployed in no world."""
        deployed = {one.span for one in self._deliveries.get(unit.path, ())}
        return any(
            (not type_ or type_ in _FLOW_LOGS) and span not in deployed
            for world in self._worlds.get(unit.path, ())
            for type_, span in world.absent
        )

    def _has_other_values(self, folder: str) -> bool:
        """Whether files of variables lie in or right below a folder that Terraform does not load.

        They are for `-var-file`: what holds with one of them need not hold without.
        """
        top = self._files.path(folder)
        try:
            found = [*top.iterdir()]
            found += [file for one in found if one.is_dir() for file in one.iterdir()]
        except OSError:
            return True
        return any(
            one.name.endswith(_VALUES) and not (one.parent == top and _is_loaded(one.name))
            for one in found
        )

    def _concerned(self, unit: Unit, note: Note) -> tuple[int, int]:
        """How often a delivery begins in the scope or comes by a call in it, and may not work.

        If none does, it is all of the unit.
        """
        everyone = self._deliveries.get(unit.path, [])
        if unit not in self._beginnings:
            places = [
                (span, one)
                for one in everyone
                for span in (one.span, *self._calls.get(one.address, ()))
            ]
            self._beginnings[unit] = _Beginnings(places)
        inside = self._beginnings[unit].inside(note.scope)
        return inside if inside[0] else self._beginnings[unit].all

    @cached_property
    def _calls(self) -> dict[str, tuple[Span, ...]]:
        """By which calls each declared resource comes."""
        return {
            declared.address: declared.calls
            for worlds in self._worlds.values()
            for world in worlds
            for declared in world.resources
        }


def _is_loaded(name: str) -> bool:
    return name.startswith("terraform.tfvars") or ".auto.tfvars" in name


class _Beginnings:
    """Where deliveries begin in files, and how many of them may not work."""

    def __init__(self, places: Iterable[tuple[Span, Delivered]]) -> None:
        found: dict[str, list[tuple[tuple[int, int], bool]]] = {}
        for span, one in places:
            doubtful = one.verdict is not Verdict.WILL_WORK
            found.setdefault(span.file, []).append(((span.line, span.column), doubtful))
        self._starts: dict[str, list[tuple[int, int]]] = {}
        # How many of those before a place may not work.
        self._doubtful: dict[str, list[int]] = {}
        for file, several in found.items():
            several.sort()
            self._starts[file] = [start for start, _ in several]
            self._doubtful[file] = [0, *accumulate(doubtful for _, doubtful in several)]
        self.all = (
            sum(map(len, self._starts.values())),
            sum(several[-1] for several in self._doubtful.values()),
        )

    def inside(self, scope: Span) -> tuple[int, int]:
        """How many beginnings a scope holds, and how many of these may not work."""
        starts = self._starts.get(scope.file, [])
        first = bisect_left(starts, (scope.line, scope.column))
        last = max(first, bisect_left(starts, (scope.end_line, scope.end_column)))
        doubtful = self._doubtful.get(scope.file, [0])
        return last - first, doubtful[last] - doubtful[first]
